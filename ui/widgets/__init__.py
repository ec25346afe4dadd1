"""Small widgets every desk uses (通用部件): labels, buttons, cards, chips, fields, tables, notices."""
