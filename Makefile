# `make pdf` and `make test` do all of their own set-up; `make help` lists the rest.

VENV   := .venv
PYTHON := $(VENV)/bin/python
PIP    := $(PYTHON) -m pip --disable-pip-version-check
PDFJS  := 5.6.205
SETUP  := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help setup pdf test lint style oldest newest pictures bench bench-check readers clean
.DELETE_ON_ERROR:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s  %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.runtime ## a virtual environment with brieftex in it
	@$(PYTHON) -m compileall -q src  # some machines forbid Python to do so as it imports

pdf: setup ## briefing.yaml -> out/briefing.pdf
	@$(VENV)/bin/brieftex build briefing.yaml

# Types are checked beside the tests, since mypy alone keeps one core busy and the others idle; what
# it finds is told at the end, where it is seen.
test: style readers ## every check and test
	@$(VENV)/bin/mypy >$(VENV)/mypy.log 2>&1 & \
	PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n auto --dist worksteal; tests=$$?; \
	wait $$!; types=$$?; cat $(VENV)/mypy.log; exit $$((tests | types))

lint: style ## the static checks alone
	$(VENV)/bin/mypy

style: setup $(VENV)/.dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/lint-imports --no-logo

oldest: $(VENV)/.pip ## the tests with the oldest libraries that may be in use
	$(PYTHON) scripts/versions.py $@

newest: $(VENV)/.pip ## the tests with the newest ones
	$(PYTHON) scripts/versions.py $@

pictures: setup $(VENV)/.dev ## docs/pages: what the READMEs and docs show
	@$(PYTHON) scripts/pictures.py

bench: setup $(VENV)/.bench ## bench/README.md: time and memory beside Typst's on the same text
	@$(PYTHON) bench/bench.py

bench-check: setup ## instructions of start-up and of a cold build, none 3 % above those kept
	@$(PYTHON) bench/instructions.py

clean: ## forget everything that was built
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find out -mindepth 1 ! -name .gitkeep -delete
	find src tests bench -name __pycache__ -prune -exec rm -rf {} +

# Poppler, qpdf, Ghostscript and pdf.js give the tests a second opinion, Chromium shows the preview,
# CUPS prints, MIME::Tools and mu read mail. Where they are missing those tests are skipped; CI
# fetches them if it may, or `CI=true make readers` does. Chromium without its window is faster, but
# not every system has it.
readers: $(VENV)/.pip
	@if [ "$$CI" = true ] && command -v apt-get >/dev/null \
	  && ! { command -v pdftotext && command -v qpdf && command -v gs && command -v chromium \
	    && command -v lp && command -v mu; } >/dev/null; then \
	  { apt-get update -qq && apt-get install -y -qq poppler-utils qpdf ghostscript chromium cups \
	    libmime-tools-perl maildir-utils; } >/dev/null \
	    || echo 'make: a reader is missing here, its tests will be skipped' >&2; \
	fi
	@if [ "$$CI" = true ] && ! command -v chromium-headless-shell >/dev/null \
	  && apt-cache show chromium-headless-shell >/dev/null 2>&1; then \
	  apt-get install -y -qq chromium-headless-shell >/dev/null 2>&1 || true; \
	fi
	@if [ "$$CI" = true ] && command -v npm >/dev/null \
	  && ! [ -d $(VENV)/pdfjs/node_modules/pdfjs-dist ]; then \
	  npm install --silent --no-save --no-audit --no-fund --omit=optional \
	    --prefix $(VENV)/pdfjs pdfjs-dist@$(PDFJS) >/dev/null \
	    || echo 'make: no pdf.js here, its tests will be skipped' >&2; \
	fi

# Any of these whose version is 3.11 or newer will do.
$(VENV)/.pip:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    { $(PIP) --version >/dev/null 2>&1 || $$python -m venv --clear $(VENV); } \
	      && $(PIP) install --quiet --upgrade 'pip>=25.1' && touch $@; \
	    exit; \
	  fi; \
	done; \
	echo 'make: brieftex needs Python 3.11 or newer on the PATH' >&2; exit 1

$(VENV)/.runtime: $(VENV)/.pip $(SETUP)
	@$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev $(VENV)/.bench: $(VENV)/.%: $(VENV)/.runtime
	@$(PIP) install --quiet --constraint constraints.txt --group $*
	@touch $@
