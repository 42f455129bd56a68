"""Judges facts, pages and editions before anything is built; only structure/fix.py writes."""
