"""The bare loop: programs as plain child processes, one after the other, nothing between them and the machine.

Uses nothing but the standard library, and is a program as well: it reads jobs as JSON, a line each, and answers each with the
seconds it took. So the same loop runs here and, given as text to an image's own Python, with the image's own programs.
"""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_job(job: dict[str, Any]) -> list[str]:
    """Put the files in place, then start each command with its input. A list of outputs; raises when a command fails."""
    os.makedirs(job["folder"], exist_ok=True)
    for path, text in job["files"].items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    outputs: list[str] = []
    for command, text in job["commands"]:
        done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=job["folder"], check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with status {done.returncode}: {done.stderr[-500:].decode()}")
        outputs.append(done.stdout.decode())
    return outputs


def run_jobs(jobs: list[dict[str, Any]], slots: int) -> dict[str, Any]:
    """All jobs, `slots` at the same time: the seconds it took and each job's outputs."""
    began = time.perf_counter()
    if slots == 1:
        outputs = [run_job(job) for job in jobs]
    else:
        with ThreadPoolExecutor(slots) as pool:
            outputs = list(pool.map(run_job, jobs))
    return {"seconds": time.perf_counter() - began, "outputs": outputs}


if __name__ == "__main__":
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = run_jobs(order["jobs"], order["slots"])
        except (RuntimeError, OSError) as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)
