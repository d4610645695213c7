# `make run`, `make test`, `make demo`: everything else is for developers. All set-up is inside.
# The distribution's Python is built with profile-guided optimisation, the one a version manager builds by default is not: a tenth of all work.
PYTHON ?= $(shell /usr/bin/python3 -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo /usr/bin/python3 || echo python3)
PORT ?= 8000
PY := .venv/bin/python
# A machine may forbid it; hundreds of starts in a run would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run demo test check bench setup setup-test lock

run: setup
	@exec $(PY) manage.py run --port $(PORT)

demo:
	@$(PYTHON) embedded/prepare.py demo
	@exec $(PY) manage.py demo

setup:
	@$(PYTHON) embedded/prepare.py run

setup-test:
	@$(PYTHON) embedded/prepare.py test

test: setup-test
	@$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup-test
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy . && .venv/bin/lint-imports && $(PY) -m pytest -q tests/guards -m "not server and not browser"

bench: setup-test
	@exec $(PY) -m bench

lock:
	uv pip compile -q requirements.in -p 3.11 --universal --generate-hashes --no-emit-index-url --no-header -o requirements.txt
	uv pip compile -q requirements-dev.in -p 3.11 --universal --generate-hashes --no-emit-index-url --no-header -o requirements-dev.txt
