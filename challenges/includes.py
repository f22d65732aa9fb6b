"""`include/`: files that every submission gets before it is compiled, for all languages or for one.

Source: "Included files" of `2025-09`, "Included Code" of `legacy`.
"""

from __future__ import annotations

from collections.abc import Mapping

from challenges.findings import Report
from challenges.language_codes import language_id
from challenges.problem import Includes
from challenges.problem_yaml import Metadata
from challenges.text import filled

FOLDER = "include"
EVERYBODY = "default"


def read_includes(files: Mapping[str, bytes], metadata: Metadata, report: Report) -> Includes:
    """The files by language. Those for a language that the package does not allow are a finding."""
    found: dict[str, dict[str, bytes]] = {}
    for path, content in sorted(files.items()):
        top, _, rest = path.partition("/")
        language, _, inside = rest.partition("/")
        if top != FOLDER:
            continue
        if inside:
            found.setdefault(language_id(language), {})[inside] = filled(content, metadata.constants)
        else:
            report.warning(path, "is ignored; included files lie in a folder named after a language, such as include/python3/")
    for language in sorted(set(found) - {EVERYBODY}):
        if metadata.languages and language not in metadata.languages:
            report.error(f"{FOLDER}/{language}", "is for a language that `languages` in problem.yaml leaves out; add it there")
    everybody = tuple(found.pop(EVERYBODY, {}).items())
    return Includes(everybody, tuple((language, tuple(own.items())) for language, own in found.items()))
