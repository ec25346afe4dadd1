"""Ports (接口): what services need from clock, store, documents and exchange; adapters live elsewhere."""
