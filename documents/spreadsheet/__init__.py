"""Workbooks of official forms (电子表格文书), written from sheets. Imports openpyxl."""
