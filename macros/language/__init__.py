"""Sentences in the language of an edition: the catalogue, the translator, figures in words."""
