"""What is loaded before the platforms are asked for news: nothing that can wait, or that may never be needed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {"docx", "openpyxl", "numpy", "PIL", "segno", "holidays", "alembic", "icalendar", "rapidfuzz"}
BESIDE = {"uvicorn", "starlette", "prometheus_client", "sqlalchemy.dialects.postgresql"}
PRODUCT = {
    "handlers",
    "services",
    "scheduler",
    "babel",
    "bot.dispatch",
    "bot.outbox",
    "models.people",
    "models.tables",
    "apscheduler",
}


def loaded_by(program: str) -> set[str]:
    """Every module that the process has after these lines."""
    program = f"import runpy, sys; bot = runpy.run_path('bot.py'); {program}; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(found.stdout.split())


def test_a_start_loads_only_what_receives() -> None:
    assert (DOCUMENTS | BESIDE | PRODUCT) & loaded_by("pass") == set()


def test_what_handles_it_is_loaded_without_what_may_never_be_needed() -> None:
    found = loaded_by("bot['load_product']()")
    assert (DOCUMENTS | BESIDE) & found == set()
    assert found >= PRODUCT
