"""`python -m assessor` is the command `assessor`."""

from __future__ import annotations

from assessor.cli.main import main

main()
