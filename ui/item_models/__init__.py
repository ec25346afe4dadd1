"""Item models of forms' tables (表格数据模型): rows shown, typed into, pasted and copied."""
