"""The picture of a set-up: who meets whom. `diagram.py` is the entry."""
