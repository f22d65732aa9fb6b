"""What other rooms ask of the catalogue, under one name: load, show, store, prove and publish a challenge version.

States of a version: `draft → proving → proved | refused`, `proved → published → withdrawn → published`.
"""

from __future__ import annotations

from assessor.catalogue.loading import load_package, load_problem
from assessor.catalogue.proving import record_proof, request_proof
from assessor.catalogue.publishing import publish, withdraw
from assessor.catalogue.statements import Picture, StatementView, picture_for, statement_for
from assessor.catalogue.storing import create_version

__all__ = [
    "Picture",
    "StatementView",
    "create_version",
    "load_package",
    "load_problem",
    "picture_for",
    "publish",
    "record_proof",
    "request_proof",
    "statement_for",
    "withdraw",
]
