"""The bureau's figures on screen (汇总): cards, table, charts, and the filings behind every figure."""
