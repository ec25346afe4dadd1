"""A department's work (主管部门端): its units' packages taken in, judged, and carried upward in one package of its own."""
