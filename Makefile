# One command per habit. `make` alone lists them.
PYTHON := .venv/bin/python

.PHONY: help setup run test check bench shots manual i18n lock
help:            ## list these commands
	@sed -n 's/^\([a-z0-9]*\):[^#]*## /\1\t/p' Makefile
setup:           ## install what is missing, for running and for the tests
	./scripts/prepare.sh test
run:             ## open the console on the demo station
	./run
test:            ## run every test
	./test
check: setup     ## style, types and the order of the rooms
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
bench: setup     ## measure all that has a figure; about an hour and a half
	$(PYTHON) -m benchmarks.startup --json
	$(PYTHON) -m benchmarks.live_wall --cameras 16 --size 640x360 --fps 15 --seconds 20 --json
	$(PYTHON) -m benchmarks.live_faults --json
	$(PYTHON) -m benchmarks.recording --json
	$(PYTHON) -m benchmarks.review --json
	$(PYTHON) -m benchmarks.evidence --json
	$(PYTHON) -m benchmarks.map --json
	$(PYTHON) -m benchmarks.log --json
	$(PYTHON) -m benchmarks.papers --json
shots: setup     ## a picture of every screen, in shots/
	$(PYTHON) main.py shots
manual: shots     ## the manual's pictures anew, from the shots
	$(PYTHON) -m app.demo.manual_pictures
i18n: setup      ## bring the catalogues up to date with the sentences in the code
	.venv/bin/pybabel -q extract -F resources/i18n/babel.cfg -k tr -k msg --no-default-keywords \
	  --no-location --omit-header --sort-output -o resources/i18n/messages.pot .
	.venv/bin/pybabel -q update -i resources/i18n/messages.pot -o resources/i18n/th.po -l th \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100
	.venv/bin/pybabel -q compile -i resources/i18n/th.po -o resources/i18n/th.mo
	rm resources/i18n/messages.pot
lock: setup      ## lock the newest versions that pyproject.toml allows
	$(PYTHON) scripts/lock.py
