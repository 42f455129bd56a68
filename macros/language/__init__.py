"""A sentence in the language of an edition: its catalogue, and the translator that answers from
it.
"""
