"""Judges the built site, every page of it. `make audit` prints the table; `tests/site/test_audit.py` shows that it sees."""
