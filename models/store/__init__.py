"""The keeping of a workspace (存储): SQLAlchemy over one database; no mapped object leaves this room.

Thin on purpose: importing this package loads no database library. `models.store.opener` is imported
when the first workspace is opened.
"""
