"""Reviewers' remarks in the wizard (审核意见): the panel, its cards, marks at fields and cells, proposals taken over."""
