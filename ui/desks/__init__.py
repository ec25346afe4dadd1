"""Desks (工作台): what connects views with services; one folder of small controllers."""
