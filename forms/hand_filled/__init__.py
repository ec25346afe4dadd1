"""Hand-filled workbooks (手工填写的表): what stands in them, recognised and recomputed, nothing guessed silently."""
