"""What the program is about (模型): the words of the trade in `domain`, their keeping in `store`."""
