# Each target sets up what it needs by itself. Without make: see README.md.
PYTHON ?= python3

.PHONY: build serve test check audit bench
build serve test check audit bench:
	@$(PYTHON) -m roadmap.bootstrap $@
