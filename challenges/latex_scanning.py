"""Stepping through LaTeX source: arguments, options and the ends of environments."""

from __future__ import annotations

import re

from challenges.latex_preparing import matching_brace

_TOKEN = re.compile(r"\\[a-zA-Z]+|.", re.DOTALL)
_MAX_OPTIONS = 300


class Scanner:
    """Source and the position reached in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def peek_argument(self) -> str:
        """The content of the group that begins here."""
        return self.text[self.at + 1 : matching_brace(self.text, self.at)]

    def argument(self, *, only_braces: bool = False) -> str:
        """The source of the next argument: a group, or else one character or command."""
        while self.peek() and self.peek() in " \t\n":
            self.at += 1
        if self.peek() == "{":
            start = self.at + 1
            self.at = matching_brace(self.text, self.at) + 1
            return self.text[start : self.at - 1]
        if only_braces:
            return ""
        match = _TOKEN.match(self.text, self.at)
        self.at += len(match.group()) if match else 0
        return match.group() if match else ""

    def options(self) -> str:
        """Step over `[...]` and return what is in it."""
        if self.peek() != "[":
            return ""
        end = self.text.find("]", self.at)
        if end < 0 or end - self.at > _MAX_OPTIONS:
            return ""
        options, self.at = self.text[self.at + 1 : end], end + 1
        return options

    def body(self, name: str) -> str:
        """What lies between `\\begin{name}` and its own `\\end{name}`; to the end of the text when that is missing."""
        start, depth = self.at, 1
        for match in re.compile(r"\\(begin|end)\s*\{" + re.escape(name) + r"\}").finditer(self.text, self.at):
            depth += 1 if match[1] == "begin" else -1
            if depth == 0:
                self.at = match.end()
                return self.text[start : match.start()]
        self.at = len(self.text)
        return self.text[start:]
