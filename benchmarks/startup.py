"""Seconds of processor time until the package is imported and until a first command is done: `python -m benchmarks.startup`.

The goals: 0.6 s for the import and 1.0 s for `check` of the pilot. Each is tried several times and the least is told, for
another program on the machine only adds to it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TRIES = 5
MEASURED = """import resource, sys
{}
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, file=sys.stderr)"""
COMMAND = "from budget_model.__main__ import main; main({})"
PILOT = "scenarios/pilot_2017.yaml"
STARTS = {
    "import budget_model": "import budget_model",
    "import of the model": "import budget_model.projection",
    "check": COMMAND.format(["check", PILOT]),
    "project": COMMAND.format(["project", PILOT]),
    "schema": COMMAND.format(["schema"]),
    "the dashboard's pages": "import budget_model.pages.shared.sidebar",
}


def main() -> None:
    """Print the least seconds of each start."""
    for label, code in STARTS.items():
        seconds = min(_seconds(code) for _ in range(TRIES))
        print(f"{seconds:6.2f} s  {label}", flush=True)


def _seconds(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", MEASURED.format(code)], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stderr.splitlines()[-1])


if __name__ == "__main__":
    main()
