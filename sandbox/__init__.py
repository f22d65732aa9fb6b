"""Runs one untrusted program in a locked-down Docker container and reports what happened, as values.

A leaf: imports neither `challenges`, `assessor` nor `web`, knows no database and no expected answers.
Only `sandbox.containers` imports the `docker` library.
"""
