"""Forms handed out to be filled in elsewhere (分发表), drawn as workbooks. Imports openpyxl."""
