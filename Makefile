# `make book` and `make test` are all a newcomer needs; each makes .venv first.
BIN := .venv/bin
PYTHONS := $(or $(PYTHON),python3 python3.13 python3.12 python3.11)
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
CHAPTERS := $(wildcard chapters/*.md)
PACKAGE := $(sort $(shell find code/lenet -name '*.py' -o -name '*.json' -o -name '*.npz'))
# Executed chapters are kept until the package or the pinned versions change.
PACKAGE_SUM := $(shell cat $(PACKAGE) requirements.txt | cksum | cut -d ' ' -f 1)
CACHE := _build/.jupyter_cache

.PHONY: help book test audit same zip pdf slides student assignments wheels serve lab sync requirements \
	reproduce benchmark fuzz mutation clean
.DELETE_ON_ERROR:

help:
	@echo "make book     build the pages into _build/html"
	@echo "make test     run everything that must hold"
	@echo "make same     build the last commit in two folders: are all bytes the same?"
	@echo "make audit    a table of how fast, light, accessible and correct each page is"
	@echo "make pdf      the book as one tagged PDF, in _build/lenet-by-the-numbers.pdf"
	@echo "make zip      the pages for a stick, in _build/lenet-by-the-numbers.zip"
	@echo "make slides   a deck for each chapter, in _build/slides"
	@echo "make student  notebooks without solutions, package and pages: a light and a full zip"
	@echo "make assignments   the questions for otter-grader and nbgrader, with keys and tests"
	@echo "make wheels   what they need, as a folder for where no network is; LIGHT=1: no TensorFlow"
	@echo "make serve    build, then show the pages at http://localhost:8000"
	@echo "make lab      open the chapters as notebooks in JupyterLab"
	@echo "make sync     after editing chapters: write their twins, references and provenance"
	@echo "make sync MOVE=04:123   let the numbers of line 123 of chapter 04 come from elsewhere"
	@echo "make requirements   after editing pyproject.toml: pin all versions anew"
	@echo "make reproduce      train on MNIST all that the book reports, and keep the records"
	@echo "make reproduce QUICK=1   one epoch each, nothing kept"
	@echo "make benchmark      time an epoch, a trace and the shell against Keras and PyTorch; the playground"
	@echo "make fuzz           10,000 layers, 4,000 models and 4,000 fields against Keras; 5,000 bad files"
	@echo "make mutation       change the package in small ways: do the tests notice?"
	@echo "make clean    remove everything that was built, and .venv"

book: _build/html/.done
	@echo "The book is built. Open $(CURDIR)/_build/html/index.html, or run: make serve"

test: book
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check code tests tools benchmarks
	$(BIN)/biome check --error-on-warnings
	$(BIN)/python -m pytest

same: book
	@$(BIN)/python tools/same.py $(OTHER)

# Lighthouse and the Nu checker come by npm, which says so before it asks the network.
audit: book
	@PYTHONPATH=tools $(BIN)/python -m audit $(if $(RUNS),--runs $(RUNS)) $(if $(QUICK),--quick) \
		$(PAGES)

pdf: book
	@$(BIN)/python tools/pdf.py

zip: book
	@$(BIN)/python tools/stick.py

slides: book
	@$(BIN)/python tools/slides.py

student: book
	@$(BIN)/python tools/student.py

assignments: .venv/.installed
	@$(BIN)/python tools/assignments.py

wheels: .venv/.installed
	@$(BIN)/python tools/wheels.py $(if $(LIGHT),--light)

serve: book
	@echo "Serving at http://localhost:8000 (Ctrl-C stops)"
	@$(BIN)/python -m http.server --bind localhost --directory _build/html 8000

# A double click on a chapter opens it as a notebook, and nothing asks the network.
lab: .venv/.installed
	@mkdir -p .venv/share/jupyter/lab/settings
	@cp lab_overrides.json .venv/share/jupyter/lab/settings/overrides.json
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/chapters

sync: .venv/.installed _build/package-$(PACKAGE_SUM)
	$(BIN)/jupytext --quiet --to py:percent $(CHAPTERS)
	$(BIN)/python tools/chapters.py references
	$(BIN)/python -c "from lenet import LENET5_MODERN, plots; \
		plots.network_maps(LENET5_MODERN).savefig('_static/lenet5.png', dpi=144)"
	$(BIN)/python tools/provenance.py sync $(if $(MOVE),--move $(MOVE))

requirements: .venv/.installed
	echo "-e .[tensorflow,book,test]" | $(BIN)/uv pip compile - --universal --python-version 3.11 \
		--fork-strategy fewest --no-annotate --upgrade --quiet \
		--custom-compile-command "make requirements" --output-file requirements.txt

# Ctrl-C says one line from the first moment on, before Python (-S) looks for its packages.
REPRODUCE := import os, signal; \
	signal.signal(signal.SIGINT, lambda *_: os.write(1, b"Stopped.\n") and os._exit(130)); \
	import site; site.main(); \
	from lenet.training.reproduce import main; raise SystemExit(main())

reproduce: .venv/.installed
	@$(BIN)/python -S -c '$(REPRODUCE)' $(if $(QUICK),--quick) \
		$(if $(CLUSTER),--cluster $(CLUSTER))

benchmark: book
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/tracing.py
	$(BIN)/python benchmarks/playground.py

fuzz: .venv/.installed
	LENET_FUZZ_LAYERS=13000 LENET_FUZZ_MODELS=1100 LENET_FUZZ_GRAPHS=3000 LENET_FUZZ_INPUTS=5000 \
		$(BIN)/python -m pytest --override-ini addopts= -n 2 -rA tests/keras_bridge \
		tests/training/test_arrays.py tests/training/test_runs.py tests/test_hostile_lines.py \
		-k "generated or come_back or drawn or any_ or anything_in"

mutation: .venv/.installed
	$(BIN)/python tools/prose_mutants.py
	$(BIN)/python tools/mutation.py

clean:
	rm -rf _build .venv .pytest_cache .ruff_cache .hypothesis code/*.egg-info

_build/html/.done: .venv/.installed _build/package-$(PACKAGE_SUM) $(CHAPTERS) \
		_config.yml _toc.yml chapters/references.bib CITATION.cff $(wildcard _static/* _theme/*/*) \
		$(wildcard tools/*.py tests/provenance/* _widgets/*/*)
	$(BIN)/python tools/chapters.py
	$(BIN)/jupyter-book build . -W -n --keep-going
	@touch $@

_build/package-$(PACKAGE_SUM):
	@rm -rf $(CACHE) _build/package-*
	@mkdir -p $(CACHE) && touch $@

.venv/.installed: requirements.txt pyproject.toml
	@python=; for name in $(PYTHONS); do \
		if [ -z "$$python" ] && $$name -c '$(FITS)' 2>/dev/null; then python=$$name; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "LeNet by the Numbers needs Python 3.11, 3.12 or 3.13, and found none of them as:" \
			"$(PYTHONS). Install one, or name it: make book PYTHON=python3.12" >&2; \
		exit 1; \
	fi; \
	$(BIN)/python -c '$(FITS)' 2>/dev/null || $$python -m venv --clear .venv
	@echo "Installing into .venv: a few minutes the first time, and it needs a network"
	$(BIN)/pip install --disable-pip-version-check -r requirements.txt
	@touch $@
