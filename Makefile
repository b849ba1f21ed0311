# Every target sets up .venv first (a few minutes, once).  PYTHON=... chooses the interpreter.
PYTHON ?=
EPOCHS ?= 0
ASSIGNMENT ?= assignment
QUICK ?=
FULL ?=
PAIRS ?=
python := .venv/bin/python

.PHONY: help setup demo test test-courses test-browser test-colab test-labs test-trainer test-bench prove build check lint train notebook bench versions
.PHONY: clean

help:            ## this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*##/\1\t/'

setup:           ## make .venv from the pinned requirements
	@PYTHON="$(PYTHON)" ./setup.sh

demo: setup      ## build every product, mark the sample class, print its table
	@echo "Building every product from assignment/ ..."
	@$(python) -m grading build
	@echo "Marking the sample class, assignment/cases/ ..."
	@$(python) -m grading grade assignment/cases --out marked

test: setup      ## the tests
	@echo "Running the tests ..."
	@OMP_NUM_THREADS=1 $(python) -m pytest --numprocesses 2 --dist loadfile

test-courses: setup  ## nbgrader's own commands in our course; otter's, where `make bench` has installed it
	@OMP_NUM_THREADS=1 $(python) -m pytest -m course_systems

prove: setup     ## try what the marker promises (FULL=1: every trial, going on after a stop; ASSIGNMENT=gating: the lab's)
	@OMP_NUM_THREADS=1 $(python) -m grading prove --assignment $(ASSIGNMENT) $(if $(FULL),--full --resume)

test-browser: setup  ## the notebook and formgrader in JupyterLab, in headless Chromium (Debian: apt-get install chromium)
	@OMP_NUM_THREADS=1 $(python) -m pytest -m browser

test-colab: setup  ## the notebook with the versions that Colab has, in .venv-colab
	@OMP_NUM_THREADS=1 $(python) -m pytest -m colab

test-labs: setup  ## the rooms of labs/: tests, and the marker's proof
	@OMP_NUM_THREADS=1 $(python) -m pytest -m labs --numprocesses 2 --dist loadfile
	@OMP_NUM_THREADS=1 $(python) -m grading prove --assignment gating

test-trainer: setup  ## the trainer for many seeds, beside the readable classes
	@OMP_NUM_THREADS=1 $(python) -m pytest -m trainer --numprocesses 2 --dist loadfile

test-bench: setup  ## the measurements of `make bench`, each in its smallest form
	@OMP_NUM_THREADS=1 $(python) -m pytest -m benchmarks --numprocesses 2 --dist loadfile

build: setup     ## make every product from the sources
	@$(python) -m grading build
	@$(python) -m grading build --assignment gating

lint: setup      ## ruff: rules and format
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .

check: lint      ## lint, and no product is stale
	@$(python) -m grading build --check
	@$(python) -m grading build --check --assignment gating

train: setup     ## train both reference models; figures and table in trained/ (ASSIGNMENT=gating: the lab's)
	@$(python) -m grading train --assignment $(ASSIGNMENT)

notebook: build  ## run the solution notebook from top to bottom (EPOCHS=1 for a quick look, ASSIGNMENT=gating: the lab's)
	@$(python) -m grading.build.execution --assignment $(ASSIGNMENT) --epochs $(EPOCHS)

bench: setup     ## speed and memory beside nbgrader and otter, speed of training, on Linux (QUICK=1: fewer and smaller runs)
	@OMP_NUM_THREADS=1 $(python) -m benchmarks $(if $(QUICK),--quick)

versions: setup  ## the sample class with other Pythons and torches (PAIRS="3.12:2.6.0 ..."; some gigabytes for each)
	@OMP_NUM_THREADS=1 $(python) -m benchmarks.versions $(PAIRS)

clean:           ## remove what was built or measured, but not .venv
	rm -rf instructor release marked trained measured checkpoints word_vectors figures notebook_checks.py submission.zip
