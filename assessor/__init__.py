"""What the service knows and decides: people, challenges, assessments, judging, results; the database, the worker, the commands.

One folder per capability. Nothing here knows HTTP, and nothing but `assessor.cli` and `assessor.judging.worker` runs a sandbox.
"""
