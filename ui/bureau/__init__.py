"""Views of the bureau's desk (财政端界面): records in, signals out."""
