"""Tables people bring along (读入表格文件): .xlsx and .csv read as texts, within limits."""
