"""Signed packages (签名报送文件): writing, trust, and the strict reader that returns a verdict."""
