"""Compares a translated page with its English page: headings, pieces, links, lists, tables."""
