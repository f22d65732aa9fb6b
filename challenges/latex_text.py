"""LaTeX statements to HTML: the subset the format names, by a reader of our own that only ever makes markup.

Nothing is executed and no file is read. A command this reader does not know leaves its arguments as text. The HTML still goes
through the sanitiser; what comes from the author is escaped here already.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from challenges.latex_commands import ACCENTS, CODE, DROPPED, SECTIONS, SWITCHES, SYMBOLS, WRAPPED
from challenges.latex_environments import environment
from challenges.latex_pieces import (
    PARAGRAPH_END,
    Pieces,
    as_blocks,
    as_inline,
    block,
    formula_pieces,
    inline,
    link_pieces,
    wrapped,
)
from challenges.latex_preparing import CODE_CLOSE, CODE_OPEN, matching_brace, prepare
from challenges.latex_scanning import Scanner
from challenges.mathematics import as_source
from challenges.text import with_whole_numbers

Figure = Callable[[str, float | None, str], str]
"""Makes the HTML of a picture from its file name, its width as a fraction of the page, and its caption as HTML."""

MAX_DEPTH = 30

_PUNCTUATION = (
    ("---", "—"),
    ("--", "–"),
    ("``", "“"),
    ("''", "”"),
    ("<<", "«"),
    (">>", "»"),
    ("`", "‘"),
    ("'", "’"),
    ("~", "\u00a0"),
)
_PLAIN = re.compile(r"[^\\{}$~\-`'<>\n&#\ue000]+")
_COMMAND = re.compile(r"\\([a-zA-Z]+)\*?")
_SPACE_AFTER = re.compile(r"[ \t]*(?:\n(?![ \t]*\n)[ \t]*)?")
_WIDTH = re.compile(r"width\s*=\s*([\d.]*)\s*\\(?:text|line|column|h|page)(?:width|size)|scale\s*=\s*([\d.]+)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


def latex_to_html(source: str, locale: str, figure: Figure) -> str:
    """HTML that still has to be sanitised. Sections become h2; `\\problemname` is left out: the page's h1 is the title."""
    text, codes = prepare(source)
    return as_blocks(_Reader(text, codes, locale, figure, 0).read())


class _Reader(Scanner):
    """Reads one stretch of prepared source from left to right. Arguments and environments get readers of their own."""

    def __init__(
        self, text: str, codes: list[tuple[str, bool]], locale: str, figure: Figure, depth: int, *, as_typed: bool = False
    ) -> None:
        super().__init__(text)
        self._as_typed = as_typed
        self._codes = codes
        self._locale = locale
        self._figure = figure
        self._depth = depth

    def read(self) -> Pieces:
        """Every piece of the text."""
        if self._depth > MAX_DEPTH:
            return inline(html.escape(self.text))
        pieces: Pieces = []
        while self.at < len(self.text):
            pieces += self._next()
        return pieces

    def _inner(self, text: str, *, as_typed: bool = False) -> Pieces:
        """What a stretch inside this one becomes; `as_typed` keeps dashes and quotes as they are, as code needs them."""
        as_typed = as_typed or self._as_typed
        return _Reader(text, self._codes, self._locale, self._figure, self._depth + 1, as_typed=as_typed).read()

    def _next(self) -> Pieces:
        text, at = self.text, self.at
        plain = _PLAIN.match(text, at)
        if plain is not None:
            self.at = plain.end()
            return inline(html.escape(plain.group() if self._as_typed else with_whole_numbers(plain.group())))
        match text[at]:
            case "\\":
                return self._command()
            case "{":
                end = matching_brace(text, at)
                self.at = end + 1
                return self._inner(text[at + 1 : end])
            case "$":
                return self._dollars()
            case "\n":
                return self._line_end()
            case _ if text[at] == CODE_OPEN:
                return self._code()
        return self._punctuation()

    def _punctuation(self) -> Pieces:
        for written, shown in () if self._as_typed else _PUNCTUATION:
            if self.text.startswith(written, self.at):
                self.at += len(written)
                return inline(shown)
        char = self.text[self.at]
        self.at += 1
        return [] if char == "}" else inline(html.escape(char))

    def _line_end(self) -> Pieces:
        blank = _BLANK_LINE.match(self.text, self.at)
        if blank is not None:
            self.at = blank.end()
            return PARAGRAPH_END
        self.at += 1
        return inline("\n")

    def _code(self) -> Pieces:
        end = self.text.find(CODE_CLOSE, self.at)
        content, is_block = self._codes[int(self.text[self.at + 1 : end])]
        self.at = end + 1
        if is_block:
            return block(f'<pre dir="ltr"><code>{html.escape(content)}\n</code></pre>')
        return inline(as_source(content))

    def _dollars(self) -> Pieces:
        mark = "$$" if self.text.startswith("$$", self.at) else "$"
        start = self.at + len(mark)
        end = start
        while end < len(self.text) and not self.text.startswith(mark, end):
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            self.at = start
            return inline(mark)
        self.at = end + len(mark)
        return formula_pieces(self.text[start:end], display=mark == "$$")

    def _command(self) -> Pieces:
        match = _COMMAND.match(self.text, self.at)
        if match is None:
            return self._control_symbol()
        name = match[1]
        space = _SPACE_AFTER.match(self.text, match.end())
        self.at = match.end() if space is None else space.end()
        if name == "begin":
            inside = self.argument(only_braces=True).strip()
            return environment(inside, self.body(inside), self._locale, self._inner)
        if name in ACCENTS and not (name in WRAPPED and self.peek() == "{" and len(self.peek_argument()) > 1):
            return inline(self._accented(ACCENTS[name]))
        if name in SYMBOLS:
            return inline(html.escape(SYMBOLS[name]))
        return self._text_command(name)

    def _text_command(self, name: str) -> Pieces:
        if name in WRAPPED:
            return wrapped(self._inner(self.argument(), as_typed=WRAPPED[name] == CODE), *WRAPPED[name])
        if name in SWITCHES:
            rest = self.text[self.at :]
            self.at = len(self.text)
            return wrapped(self._inner(rest, as_typed=SWITCHES[name] == CODE), *SWITCHES[name])
        if name in SECTIONS:
            self.options()
            tag = SECTIONS[name]
            return block(f"<{tag}>{as_inline(self._inner(self.argument()))}</{tag}>")
        if name in DROPPED:
            self.options()
            for _ in range(DROPPED[name]):
                self.argument(only_braces=True)
            self.options()
            return []
        return self._special_command(name)

    def _special_command(self, name: str) -> Pieces:
        match name:
            case "url" | "path":
                return link_pieces(self.argument(), None)
            case "href":
                address = self.argument()
                return link_pieces(address, as_inline(self._inner(self.argument())))
            case "footnote":
                return inline(f" ({as_inline(self._inner(self.argument()))})")
            case "includegraphics":
                options = self.options()
                return inline(self._figure(self.argument(), _width(options), ""))
            case "illustration":
                return self._illustration()
            case "epigraph":
                saying, source = self._inner(self.argument()), self._inner(self.argument())
                return block(f"<blockquote>{as_blocks(saying)}<p>{as_inline(source)}</p></blockquote>")
            case "par" | "newpage" | "bigskip" | "medskip" | "smallskip":
                return PARAGRAPH_END
            case "newline" | "linebreak":
                return inline("<br>")
            case _:
                self.options()
                return []

    def _illustration(self) -> Pieces:
        width, name = self.argument(), self.argument()
        caption = as_inline(self._inner(self.argument()))
        fraction = float(width) if re.fullmatch(r"\d*\.?\d+", width.strip()) else None
        return block(self._figure(name, fraction, caption))

    def _control_symbol(self) -> Pieces:
        char = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        match char:
            case "[" | "(":
                close = "\\]" if char == "[" else "\\)"
                end = self.text.find(close, self.at)
                end = len(self.text) if end < 0 else end
                tex, self.at = self.text[self.at : end], end + 2
                return formula_pieces(tex, display=char == "[")
            case "\\":
                self.options()
                return inline("<br>")
            case ",":
                return inline("\u202f")
            case ";" | ":" | " " | "\n":
                return inline(" ")
            case "-" | "/" | "!" | "@" | ")" | "]" | "":
                return []
            case _ if char in ACCENTS:
                return inline(self._accented(ACCENTS[char]))
        return inline(html.escape(char))

    def _accented(self, accent: str) -> str:
        letters = self.argument()
        letters = {"\\i": "i", "\\j": "j"}.get(letters.strip(), letters)
        return html.escape(unicodedata.normalize("NFC", letters[:1] + accent + letters[1:]))


def _width(options: str) -> float | None:
    match = _WIDTH.search(options)
    written = (match[1] or match[2]) if match is not None else None
    if match is None:
        return None
    return float(written) if written and re.fullmatch(r"\d*\.?\d+", written) else 1.0
