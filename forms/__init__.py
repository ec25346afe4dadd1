"""Forms declared once (表单声明): declarations, kinds, checks and sheets in pure Python."""
