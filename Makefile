# make book    build the site into _build/html; the front page's path is printed last
# make site    every published edition at its permanent address, the newest at the root too, into _build/site
# make quick   after an edit of data or prose: style, data, every page's text, in under half a minute
# make test    check everything
# make costs   the tests, and what each file of them costs
# make types   the type checker alone
# make pdf     the whole booklet as one typeset file, into _build/booklet
# make slides  the charts for a class, one a slide, into _build/slides
# make class   the notebooks with data and packages as a zip for laptops without a network, into _build/class
# make serve   show the book on localhost and rebuild it on a change
# make bench   measure the build, the weave, the reading of data, the import and what a page makes a browser load
# FRONTIER_EDITION, FRONTIER_AS_OF and FRONTIER_DATA choose what is read, as everywhere.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --root-user-action=ignore
# A worker for each core: one more only has the cores collect the tests once more.
WORKERS := $(shell $(PYTHON) -c 'import os; print(os.cpu_count() or 1)')
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# What an edit of data or prose can break: the data, the accepted text, the parts of a chapter, the booklet's numbers.
AUTHORS := tests/test_data.py tests/test_accept.py tests/test_chapters.py tests/test_inventory.py

# Hundreds of processes read what the first one compiled, whatever the surroundings say.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: book site pdf slides class quick test costs style types serve bench clean

book: $(VENV)/.book
	@$(BIN)/python -m frontier_calc.press.cli build

site: $(VENV)/.book
	@$(BIN)/python -m frontier_calc.press.cli site

pdf: $(VENV)/.book
	@$(BIN)/python -m frontier_calc.press.cli pdf

slides: $(VENV)/.book
	@$(BIN)/python -m frontier_calc.press.cli slides

class: $(VENV)/.book
	@$(BIN)/python -m frontier_calc.press.cli class

serve: $(VENV)/.book
	@$(BIN)/python -m frontier_calc.press.cli serve

quick: $(VENV)/.tests style
	@echo "checking the data and the text of every page ..."
	@$(BIN)/python -m frontier_calc.press.cli check
	@echo "running the tests of data and text ..."
	@$(PYTEST) $(AUTHORS)

test: $(VENV)/.tests style types
	@$(BIN)/python tests/browser.py
	@echo "running the tests ..."
	@$(PYTEST) -rs

costs: $(VENV)/.tests
	@PYTHONPATH=tests $(PYTEST) -p costs

style: $(VENV)/.tests
	@echo "checking style ..."
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(VENV)/.tests
	@echo "checking types ..."
	@$(BIN)/mypy

bench: $(VENV)/.tests
	@$(BIN)/python tests/bench.py

clean:
	rm -rf _build .pytest_cache .ruff_cache .mypy_cache .hypothesis

# The stamps: nothing is installed again while the requirements stay as they are.
$(VENV)/.book: requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; say which: make PYTHON=python3.11")'
	@test -x $(BIN)/python || { echo "making a virtual environment in $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "installing the book's packages (once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.tests: $(VENV)/.book tests/requirements.txt
	@echo "installing the tests' packages (once) ..."
	@$(PIP) -r tests/requirements.txt
	@touch $@
