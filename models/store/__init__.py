"""The keeping of a workspace (存储): SQLAlchemy over one database; no mapped object leaves this room."""
