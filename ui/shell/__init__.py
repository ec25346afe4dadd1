"""The frame of both desks (主窗口): top bar, side navigation, pages, status bar."""
