"""First start (首次使用): from the non-secret notice to a desk one can work at, in two minutes."""
