"""Hints on the language of an edition: English left over, words of the glossary, typography."""
