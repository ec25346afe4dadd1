"""Bridge to the integrated platform (预算管理一体化的带入与导出): its exports read, its import workbooks written."""
