"""The skills a challenge may name: a table of ids with their concepts in JobTech's and ESCO's vocabularies."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Skill:
    """`jobtech_concept_id` and `esco_uri` point into the vocabularies; empty where there is no such concept.

    `label_en` is null where ESCO has no concept, or only a broader one whose label would say something else.
    """

    id: str
    jobtech_concept_id: str
    label_sv: str
    esco_uri: str
    label_en: str | None

    def name_in(self, locale: str) -> str:
        """What people read: the label without the vocabulary's remarks on it, in Swedish or in English."""
        product, _comma, _kind = self.label_sv.partition(", ")
        if product and (locale.startswith("sv") or self.label_en is None):
            return product
        name = (self.label_en or self.id).partition(" (")[0]
        return name[:1].upper() + name[1:]


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
                label_en=None if row["match"] == "broad" else row["esco_label_en"] or None,
            )
            for row in csv.DictReader(file)
        }
