"""What is loaded before the platforms are asked for news: nothing that can wait, or that may never be needed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {"docx", "openpyxl", "numpy", "PIL", "segno", "holidays", "alembic"}
BESIDE = {"uvicorn", "starlette", "prometheus_client", "apscheduler", "sqlalchemy.dialects.postgresql"}


def test_a_start_loads_nothing_that_can_wait() -> None:
    program = "import sys, runpy; runpy.run_path('bot.py'); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (DOCUMENTS | BESIDE) & set(found.stdout.split()) == set()
