"""The skills a challenge may name: a table of ids with their concepts in JobTech's and ESCO's vocabularies."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Skill:
    """`jobtech_concept_id` and `esco_uri` point into the vocabularies; empty where there is no such concept."""

    id: str
    jobtech_concept_id: str
    label_sv: str
    esco_uri: str
    label_en: str


@cache
def skills() -> dict[str, Skill]:
    """Every known skill by id, in the table's order."""
    with (Path(__file__).parent / "skills.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["skill"]: Skill(
                id=row["skill"],
                jobtech_concept_id=row["jobtech_concept_id"],
                label_sv=row["jobtech_label_sv"],
                esco_uri=row["esco_uri"],
                label_en=row["esco_label_en"] or row["skill"],
            )
            for row in csv.DictReader(file)
        }
