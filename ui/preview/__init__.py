"""The form as it will be printed, on the screen (预览表样): drawn from the sheet, cell by cell."""
