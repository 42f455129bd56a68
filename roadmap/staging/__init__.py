"""Lays an edition out for MkDocs: pages, fonts, a configuration. Builds nothing."""
