"""What the log may hold."""

from __future__ import annotations

import subprocess
import sys

LIMITED = """
import logging
from assessor.logs import start_logging
start_logging()
logging.getLogger("flask-limiter").info("ratelimit 30 per 1 minute (203.0.113.7) exceeded at endpoint: signin.submit_sign_in")
logging.getLogger("assessor").info("an event")
"""


def test_who_was_limited_is_not_written_down() -> None:
    said = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, check=True).stderr
    assert "an event" in said
    assert "203.0.113.7" not in said
