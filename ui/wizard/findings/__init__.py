"""Findings on the screen (检查结果): the quiet list below the page, and the cards of the last step."""
