"""The department's own page (主管部门端): what goes upward in one package; the rest it shares with the other desks."""
