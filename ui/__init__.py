"""The window (界面): PySide6 views over services; holds no query, path or rule."""
