"""Review at the bureau's and the department's desk (审核): queue, decisions, remarks, what goes back down."""
