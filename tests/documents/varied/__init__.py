"""Layouts towns, counties and schools really print (各地表样): workbooks the reader is tried on."""
