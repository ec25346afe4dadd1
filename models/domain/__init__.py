"""The words of the trade (业务概念): plain frozen data, standard library only."""
