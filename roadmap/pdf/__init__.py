"""Worksheets and the book as PDF."""
