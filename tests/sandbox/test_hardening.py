"""The container profile of each runtime: what is the same for all, and what gVisor needs differently."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import hardening


def host(runtime: str) -> dict[str, Any]:
    found: dict[str, Any] = hardening.profile("image", "owner", 1024, runtime)["HostConfig"]
    return found


@pytest.mark.parametrize("runtime", ["", "runc", "crun", "runsc"])
def test_no_runtime_loosens_a_wall(runtime: str) -> None:
    found = host(runtime)
    assert (found["ReadonlyRootfs"], found["CapDrop"], found["IpcMode"]) == (True, ["ALL"], "private")
    assert "no-new-privileges" in found["SecurityOpt"]
    assert found["Memory"] == found["MemorySwap"] == hardening.memory_bytes(1024)
    assert {"/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"} < set(found["MaskedPaths"])
    assert "/proc/sys" in found["ReadonlyPaths"]
    assert "Privileged" not in found
    assert "Binds" not in found


def test_usual_runtimes_have_no_network_at_all() -> None:
    for runtime in ("", "runc", "crun"):
        assert hardening.profile("image", "owner", 1024, runtime)["NetworkDisabled"] is True
        assert "NetworkMode" not in host(runtime)
        assert host(runtime)["PidsLimit"] == hardening.PIDS


def test_gvisor_gets_an_empty_network_more_processes_and_a_limit_that_stays() -> None:
    special = hardening.traits("runsc")
    assert (host("runsc")["NetworkMode"], host("runsc")["PidsLimit"]) == ("none", special.pids)
    assert hardening.profile("image", "owner", 1024, "runsc")["NetworkDisabled"] is False
    assert special.pids >= 1024
    assert not special.changes_limits
    assert hardening.traits("crun") == hardening.traits("") == hardening.RuntimeTraits()
