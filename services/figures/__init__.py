"""Figures for the leader (汇总): counts and money of what was received, each with the filings behind it."""
