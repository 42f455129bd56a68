"""Judges facts, pages and editions before anything is built. Writes nothing, but for
structure/fix.py.
"""
