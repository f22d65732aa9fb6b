"""Speaks with a program that prompts, and stamps each line of its answers with the moment it came.

Uses nothing but the standard library, and is given as text to an image's own Python, beside the program: so no stream of the
engine is part of the times. The first line it reads says which files to write, what to start and how it prompts; every line
after that goes to the program as it is, and is answered with one line of JSON.
"""

import json
import os
import subprocess
import sys
import time
from typing import Any


def start(order: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Write the files, start the program and wait for its first prompt."""
    for path, text in order["files"].items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    program = subprocess.Popen(
        order["command"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
    )
    listen(program, order["prompt"].encode())
    return program


def ask(program: subprocess.Popen[bytes], line: str, prompt: bytes) -> list[tuple[float, str]]:
    """Give the program one line. What it answers before its next prompt, each line after the seconds it took to come."""
    assert program.stdin is not None
    began = time.perf_counter()
    program.stdin.write(line.encode())
    return [(came - began, text) for came, text in listen(program, prompt)]


def listen(program: subprocess.Popen[bytes], prompt: bytes) -> list[tuple[float, str]]:
    """Each line until the next prompt with its moment. Raises `RuntimeError` with what was said when the program ends first."""
    assert program.stdout is not None
    lines: list[tuple[float, str]] = []
    rest = b""
    while not rest.endswith(prompt):
        piece = os.read(program.stdout.fileno(), 1 << 16)
        came = time.perf_counter()
        if not piece:
            raise RuntimeError("\n".join([text for _came, text in lines] + [rest.decode(errors="replace")]))
        *whole, rest = (rest + piece).split(b"\n")
        lines += [(came, text.decode(errors="replace")) for text in whole]
    return lines


def main() -> None:
    """Answer the lines of the standard input until it ends, or until the program has."""
    try:
        order = json.loads(sys.stdin.readline())
        program = start(order)
        for line in sys.stdin:
            print(json.dumps({"lines": ask(program, line, order["prompt"].encode())}), flush=True)
    except (RuntimeError, OSError) as error:
        print(json.dumps({"error": str(error)}), flush=True)


if __name__ == "__main__":
    main()
