"""Checks C1… (校验): one small module per family, each check a function of answers and context."""
