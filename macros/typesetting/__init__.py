"""Fonts: the bundled files, their subsets, widths of words, line breaks, shaping, outlines."""
