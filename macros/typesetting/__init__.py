"""Fonts: the bundled files, their subsets, advance widths, line breaks, shaping, outlines. Imports
nothing else of ours.
"""
