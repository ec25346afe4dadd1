"""Dialogs of the bridge to the integrated platform (一体化带入与导出的对话框)."""
