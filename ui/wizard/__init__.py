"""The wizard (填报向导): steps, fields, tables, findings and the way to sealing, all from the declaration."""
