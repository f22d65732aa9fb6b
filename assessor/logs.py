"""Log lines: events with keys, ids first, never a candidate's source. JSON where nobody watches, plain text on a terminal."""

from __future__ import annotations

import logging
import sys

import structlog


def start_logging() -> None:
    """Send structlog and the standard library's loggers to stderr in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    on_terminal = sys.stderr.isatty()
    renderer: structlog.typing.Processor = structlog.dev.ConsoleRenderer() if on_terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    finishing = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if not on_terminal:
        finishing.append(structlog.processors.format_exc_info)  # type: ignore[arg-type]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*finishing, renderer]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # flask-limiter would write down whom it limits: an address, or what was typed as a login
    for noisy in ("huey", "docker", "urllib3", "alembic", "flask-limiter"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
