"""The challenge package format (ICPC/Kattis problem packages, `legacy` and `2025-09`) and the library of challenges we ship.

A leaf: imports neither `sandbox`, `assessor` nor `web`, knows no database and no Docker.
"""
