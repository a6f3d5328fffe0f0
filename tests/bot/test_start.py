"""What a start loads: nothing that only a document, a workbook, a migration or a simulator needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATER = {"docx", "openpyxl", "numpy", "PIL", "segno", "holidays", "alembic"}


def test_a_start_loads_nothing_that_can_wait() -> None:
    program = "import sys, runpy; runpy.run_path('bot.py'); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert LATER & set(found.stdout.split()) == set()
