"""Measures the speed of the `roadmap` command from outside: `python -m bench` or `make bench`.

Imports neither `macros` nor `roadmap`: it runs command lines in copies of the project.
"""
