"""The whole container profile, as data: everything a box may and may not do, in one place.

The measures and what each is against are listed in `docs/sandbox.md`. The supervisor adds what only the inside can do: a
user id of its own for every run, resource limits, a second seccomp filter, and rules about where a program may write.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.syscalls import filter_profile

MIB = 1 << 20

OWNER_LABEL = "assessor.owner"
BOX_LABEL = "assessor.box"
CORE_LABEL = "assessor.core"
"""Which core the box was made for; only on those that were."""

WRITABLE = {
    "/box": f"rw,nosuid,nodev,exec,size={512 * MIB},nr_inodes=40000,mode=755",
    "/tmp": f"rw,nosuid,nodev,noexec,size={256 * MIB},nr_inodes=40000,mode=1777",  # noqa: S108
}
SHARED_MEMORY_BYTES = 64 * MIB
PIDS = 512

SYSTEM_CALLS = filter_profile()

# What the kernel tells about itself, the machine and its other users; programs find an empty file or folder instead. The first
# two lines are what Docker's newer versions hide, of which older ones leave some open.
MASKED = (
    *("/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug"),
    *("/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware"),
    *("/proc/buddyinfo", "/proc/cmdline", "/proc/config.gz", "/proc/diskstats", "/proc/driver", "/proc/iomem", "/proc/ioports"),
    *("/proc/kallsyms", "/proc/key-users", "/proc/locks", "/proc/modules", "/proc/partitions", "/proc/pressure"),
    *("/proc/softirqs", "/proc/tty", "/proc/vmstat", "/proc/zoneinfo", "/sys/devices/virtual/dmi", "/sys/module"),
)
READ_ONLY = ("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger")

# What the supervisor, the source, the compiled program, a test's input and its output may take beside the program's memory.
HEADROOM_KIB = 64 * 1024

# To become another user, and to end that user's processes. Programs lose all three with their user id.
SUPERVISOR_CAPABILITIES = ("SETUID", "SETGID", "KILL")


@dataclass(frozen=True, slots=True)
class RuntimeTraits:
    """In what a container runtime differs from runc, as far as we must know.

    `network_mode` is Docker's, empty where a container without any network can be asked for more cheaply; `pids` the limit
    of processes of the container; `changes_limits` whether a running container's memory and cores can be changed; `own_kernel`
    whether it answers system calls itself, so that a filter of them for the host's kernel means nothing.
    """

    network_mode: str = ""
    pids: int = PIDS
    changes_limits: bool = True
    own_kernel: bool = False


# gVisor makes its own network from what it finds, so it must find none; it counts its own threads among the processes.
RUNTIMES = {"runsc": RuntimeTraits(network_mode="none", pids=1024, changes_limits=False, own_kernel=True)}


def traits(runtime: str) -> RuntimeTraits:
    """What is special about a runtime, by Docker's name for it."""
    return RUNTIMES.get(runtime, RuntimeTraits())


def memory_bytes(memory_kib: int, extra_bytes: int = 0) -> int:
    """The container's memory limit in bytes when a program may use `memory_kib`."""
    return (memory_kib + HEADROOM_KIB) * 1024 + extra_bytes


def profile(image: str, owner: str, memory_kib: int, runtime: str = "", core: int | None = None) -> dict[str, Any]:
    """The body of Docker's `POST /containers/create` for one box; with `core` it may use that one only."""
    memory = memory_bytes(memory_kib)
    special = traits(runtime)
    host: dict[str, Any] = {
        "AutoRemove": True,
        "ReadonlyRootfs": True,
        "CapDrop": ["ALL"],
        "CapAdd": list(SUPERVISOR_CAPABILITIES),
        "SecurityOpt": ["no-new-privileges", f"seccomp={SYSTEM_CALLS}"],
        "Memory": memory,
        "MemorySwap": memory,
        "PidsLimit": special.pids,
        "IpcMode": "private",
        "ShmSize": SHARED_MEMORY_BYTES,
        "Tmpfs": dict(WRITABLE),
        "MaskedPaths": list(MASKED),
        "ReadonlyPaths": list(READ_ONLY),
        "LogConfig": {"Type": "none"},
        "OomScoreAdj": 500,
        "RestartPolicy": {"Name": "no"},
        "Ulimits": [{"Name": "core", "Soft": 0, "Hard": 0}],
    }
    if runtime:
        host["Runtime"] = runtime
    labels = {OWNER_LABEL: owner, BOX_LABEL: "1"}
    if core is not None:
        host["CpusetCpus"] = labels[CORE_LABEL] = str(core)
    if special.network_mode:
        host["NetworkMode"] = special.network_mode
    if special.own_kernel:
        host["SecurityOpt"] = ["no-new-privileges"]
    return {
        "Image": image,
        "Env": [],
        "User": "0:0",
        "Labels": labels,
        # Cheaper than the network mode "none" with Docker before 28, and as empty.
        "NetworkDisabled": not special.network_mode,
        "Hostname": "box",
        "OpenStdin": True,
        "StdinOnce": True,  # the end of the stream ends the box: none outlives its worker
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": True,
        "Tty": False,
        "HostConfig": host,
    }
