"""The whole container profile, as data: everything a box may and may not do, in one place.

The measures and what each is against are listed in `docs/sandbox.md`. The supervisor adds what only the inside can do: a
user id of its own for every run, resource limits, and a second seccomp filter.
"""

from __future__ import annotations

from typing import Any

from sandbox.syscalls import filter_profile

MIB = 1 << 20

OWNER_LABEL = "assessor.owner"
BOX_LABEL = "assessor.box"

WRITABLE = {
    "/box": f"rw,nosuid,nodev,exec,size={512 * MIB},nr_inodes=40000,mode=755",
    "/tmp": f"rw,nosuid,nodev,noexec,size={256 * MIB},nr_inodes=40000,mode=1777",  # noqa: S108
}
SHARED_MEMORY_BYTES = 64 * MIB
PIDS = 512

SYSTEM_CALLS = filter_profile()

# What the supervisor, the source, the compiled program, a test's input and its output may take beside the program's memory.
HEADROOM_KIB = 64 * 1024

# To become another user, and to end that user's processes. Programs lose all three with their user id.
SUPERVISOR_CAPABILITIES = ("SETUID", "SETGID", "KILL")


def memory_bytes(memory_kib: int, extra_bytes: int = 0) -> int:
    """The container's memory limit in bytes when a program may use `memory_kib`."""
    return (memory_kib + HEADROOM_KIB) * 1024 + extra_bytes


def profile(image: str, owner: str, memory_kib: int, runtime: str = "") -> dict[str, Any]:
    """The body of Docker's `POST /containers/create` for one box."""
    memory = memory_bytes(memory_kib)
    host: dict[str, Any] = {
        "AutoRemove": True,
        "ReadonlyRootfs": True,
        "CapDrop": ["ALL"],
        "CapAdd": list(SUPERVISOR_CAPABILITIES),
        "SecurityOpt": ["no-new-privileges", f"seccomp={SYSTEM_CALLS}"],
        "Memory": memory,
        "MemorySwap": memory,
        "PidsLimit": PIDS,
        "IpcMode": "private",
        "ShmSize": SHARED_MEMORY_BYTES,
        "Tmpfs": dict(WRITABLE),
        "LogConfig": {"Type": "none"},
        "OomScoreAdj": 500,
        "RestartPolicy": {"Name": "no"},
        "Ulimits": [{"Name": "core", "Soft": 0, "Hard": 0}],
    }
    if runtime:
        host["Runtime"] = runtime
    if runtime == "runsc":
        host["NetworkMode"] = "none"
        host["PidsLimit"] = 1024
        host["SecurityOpt"] = ["no-new-privileges"]  # gVisor answers system calls itself
    return {
        "Image": image,
        "Env": [],
        "User": "0:0",
        "Labels": {OWNER_LABEL: owner, BOX_LABEL: "1"},
        # Cheaper than the network mode "none" with Docker before 28, and as empty.
        "NetworkDisabled": runtime != "runsc",
        "Hostname": "box",
        "OpenStdin": True,
        "StdinOnce": True,  # the end of the stream ends the box: none outlives its worker
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "Tty": False,
        "HostConfig": host,
    }
