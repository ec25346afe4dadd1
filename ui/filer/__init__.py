"""The filer's desk (填报端): home with the matrix, projects, sealing, receipts, settings, help."""
