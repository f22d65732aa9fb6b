"""The outer filter names what is allowed, and nothing that the inner one refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sandbox import hardening
from sandbox.syscalls import filter_profile

LOOKED_AT = {"clone", "clone3", "socket", "socketpair"}
"""Calls whose arguments the inner filter looks at."""


def allowed() -> list[str]:
    rules = json.loads(filter_profile())["syscalls"]
    return [name for rule in rules if rule["action"] == "SCMP_ACT_ALLOW" for name in rule["names"]]


def test_what_is_not_named_is_refused() -> None:
    assert json.loads(filter_profile())["defaultAction"] == "SCMP_ACT_ERRNO"
    assert len(allowed()) == len(set(allowed()))


def test_nothing_is_allowed_that_the_inner_filter_refuses() -> None:
    code = (Path(hardening.__file__).parent / "supervisor" / "filter.c").read_text()
    refused = set(re.findall(r"SYS_(\w+)", code)) - LOOKED_AT
    assert "io_uring_setup" in refused
    assert not refused & set(allowed())


def test_every_box_but_one_of_gvisor_has_the_filter() -> None:
    def options(runtime: str) -> list[str]:
        return list(hardening.profile("image", "owner", 1024, runtime)["HostConfig"]["SecurityOpt"])

    assert options("") == options("crun") == ["no-new-privileges", f"seccomp={filter_profile()}"]
    assert options("runsc") == ["no-new-privileges"]
