"""Documents people read (文书): official workbooks and PDFs drawn from a sheet, and tables read in."""
