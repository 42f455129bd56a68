"""Letters: the bundled fonts, their subsets, how wide words are, how letters join. Imports nothing
else of ours.
"""
