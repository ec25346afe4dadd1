"""Signatures inside workbooks (工作簿签名): an OPC digital signature in one spelling, written and held against."""
