"""LaTeX statements to HTML: the subset the format names, by a reader of our own that only ever makes markup.

Nothing is executed and no file is read. A command this reader does not know leaves its arguments as text. The HTML still goes
through the sanitiser; what comes from the author is escaped here already.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from enum import Enum, auto

from challenges.latex_commands import (
    ACCENTS,
    CODE,
    DRAWINGS,
    DROPPED,
    ENVIRONMENT_ARGUMENTS,
    FIGURES,
    HEADINGS,
    MATH_ENVIRONMENTS,
    QUOTES,
    SECTIONS,
    SWITCHES,
    SYMBOLS,
    TABLES,
    WRAPPED,
)
from challenges.latex_preparing import CODE_CLOSE, CODE_OPEN, matching_brace, prepare
from challenges.latex_tables import table_html
from challenges.mathematics import as_source, formula

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


class Kind(Enum):
    """Pieces of a text: within a paragraph, standing alone, or the end of a paragraph."""

    INLINE = auto()
    BLOCK = auto()
    PARAGRAPH_END = auto()


Pieces = list[tuple[Kind, str]]


def latex_to_html(source: str, locale: str, figure: Figure) -> str:
    """HTML that still has to be sanitised. Sections become h2; `\\problemname` is left out: the page's h1 is the title."""
    text, codes = prepare(source)
    return as_blocks(_Reader(text, codes, locale, figure, 0).read())


def as_blocks(pieces: Pieces) -> str:
    """Pieces as paragraphs and blocks."""
    done: list[str] = []
    paragraph: list[str] = []

    def end_paragraph() -> None:
        text = "".join(paragraph).strip(" \t\n\u00a0")
        text = re.sub(r"^(<br>\s*)+|(\s*<br>)+$", "", text)
        if text:
            done.append(f"<p>{text}</p>")
        paragraph.clear()

    for kind, markup in pieces:
        if kind is Kind.INLINE:
            paragraph.append(markup)
            continue
        end_paragraph()
        if kind is Kind.BLOCK:
            done.append(markup)
    end_paragraph()
    return "\n".join(done)


def as_inline(pieces: Pieces) -> str:
    """Pieces for a place that holds no paragraphs, such as a heading or a cell; a single block stays as it is."""
    return "".join(" " if kind is Kind.PARAGRAPH_END else markup for kind, markup in pieces).strip()


class _Reader:
    """Reads one stretch of prepared source from left to right. Arguments and environments get readers of their own."""

    def __init__(
        self, text: str, codes: list[tuple[str, bool]], locale: str, figure: Figure, depth: int, *, as_typed: bool = False
    ) -> None:
        self._text = text
        self._at = 0
        self._as_typed = as_typed
        self._codes = codes
        self._locale = locale
        self._figure = figure
        self._depth = depth

    def read(self) -> Pieces:
        """Every piece of the text."""
        if self._depth > MAX_DEPTH:
            return [(Kind.INLINE, html.escape(self._text))]
        pieces: Pieces = []
        while self._at < len(self._text):
            pieces += self._next()
        return pieces

    def _inner(self, text: str, *, as_typed: bool = False) -> Pieces:
        """What a stretch inside this one becomes; `as_typed` keeps dashes and quotes as they are, as code needs them."""
        as_typed = as_typed or self._as_typed
        return _Reader(text, self._codes, self._locale, self._figure, self._depth + 1, as_typed=as_typed).read()

    def _next(self) -> Pieces:
        text, at = self._text, self._at
        plain = _PLAIN.match(text, at)
        if plain is not None:
            self._at = plain.end()
            return _inline(html.escape(plain.group()))
        match text[at]:
            case "\\":
                return self._command()
            case "{":
                end = matching_brace(text, at)
                self._at = end + 1
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
            if self._text.startswith(written, self._at):
                self._at += len(written)
                return _inline(shown)
        char = self._text[self._at]
        self._at += 1
        return [] if char == "}" else _inline(html.escape(char))

    def _line_end(self) -> Pieces:
        blank = _BLANK_LINE.match(self._text, self._at)
        if blank is not None:
            self._at = blank.end()
            return [(Kind.PARAGRAPH_END, "")]
        self._at += 1
        return _inline("\n")

    def _code(self) -> Pieces:
        end = self._text.find(CODE_CLOSE, self._at)
        content, block = self._codes[int(self._text[self._at + 1 : end])]
        self._at = end + 1
        if block:
            return [(Kind.BLOCK, f'<pre dir="ltr"><code>{html.escape(content)}\n</code></pre>')]
        return _inline(as_source(content))

    def _dollars(self) -> Pieces:
        mark = "$$" if self._text.startswith("$$", self._at) else "$"
        start = self._at + len(mark)
        end = start
        while end < len(self._text) and not self._text.startswith(mark, end):
            end += 2 if self._text[end] == "\\" else 1
        if end >= len(self._text):
            self._at = start
            return _inline(mark)
        self._at = end + len(mark)
        return self._formula(self._text[start:end], display=mark == "$$")

    def _formula(self, tex: str, *, display: bool) -> Pieces:
        markup = formula(tex, display)
        return [(Kind.BLOCK, f"<div>{markup}</div>")] if display else _inline(markup)

    def _command(self) -> Pieces:
        match = _COMMAND.match(self._text, self._at)
        if match is None:
            return self._control_symbol()
        name = match[1]
        space = _SPACE_AFTER.match(self._text, match.end())
        self._at = match.end() if space is None else space.end()
        if name == "begin":
            return self._environment()
        if name in ACCENTS and not (name in WRAPPED and self._peek() == "{" and len(self._peek_argument()) > 1):
            return _inline(self._accented(ACCENTS[name]))
        if name in SYMBOLS:
            return _inline(html.escape(SYMBOLS[name]))
        return self._text_command(name)

    def _text_command(self, name: str) -> Pieces:
        if name in WRAPPED:
            return _wrapped(self._inner(self._argument(), as_typed=WRAPPED[name] == CODE), *WRAPPED[name])
        if name in SWITCHES:
            rest = self._text[self._at :]
            self._at = len(self._text)
            return _wrapped(self._inner(rest, as_typed=SWITCHES[name] == CODE), *SWITCHES[name])
        if name in SECTIONS:
            self._skip_options()
            tag = SECTIONS[name]
            return [(Kind.BLOCK, f"<{tag}>{as_inline(self._inner(self._argument()))}</{tag}>")]
        if name in DROPPED:
            self._skip_options()
            for _ in range(DROPPED[name]):
                self._argument(only_braces=True)
            self._skip_options()
            return []
        return self._special_command(name)

    def _special_command(self, name: str) -> Pieces:
        match name:
            case "url" | "path":
                return _link(self._argument(), None)
            case "href":
                address = self._argument()
                return _link(address, as_inline(self._inner(self._argument())))
            case "footnote":
                return _inline(f" ({as_inline(self._inner(self._argument()))})")
            case "includegraphics":
                options = self._skip_options()
                return _inline(self._figure(self._argument(), _width(options), ""))
            case "illustration":
                return self._illustration()
            case "epigraph":
                saying, source = self._inner(self._argument()), self._inner(self._argument())
                return [(Kind.BLOCK, f"<blockquote>{as_blocks(saying)}<p>{as_inline(source)}</p></blockquote>")]
            case "par" | "newpage" | "bigskip" | "medskip" | "smallskip":
                return [(Kind.PARAGRAPH_END, "")]
            case "newline" | "linebreak":
                return _inline("<br>")
            case _:
                self._skip_options()
                return []

    def _illustration(self) -> Pieces:
        width, name = self._argument(), self._argument()
        caption = as_inline(self._inner(self._argument()))
        fraction = float(width) if re.fullmatch(r"\d*\.?\d+", width.strip()) else None
        return [(Kind.BLOCK, self._figure(name, fraction, caption))]

    def _control_symbol(self) -> Pieces:
        char = self._text[self._at + 1 : self._at + 2]
        self._at += 2
        match char:
            case "[" | "(":
                close = "\\]" if char == "[" else "\\)"
                end = self._text.find(close, self._at)
                end = len(self._text) if end < 0 else end
                tex, self._at = self._text[self._at : end], end + 2
                return self._formula(tex, display=char == "[")
            case "\\":
                self._skip_options()
                return _inline("<br>")
            case "," | ";" | ":" | " " | "\n":
                return _inline(" ")
            case "-" | "/" | "!" | "@" | ")" | "]" | "":
                return []
            case _ if char in ACCENTS:
                return _inline(self._accented(ACCENTS[char]))
        return _inline(html.escape(char))

    def _accented(self, accent: str) -> str:
        letters = self._argument()
        letters = {"\\i": "i", "\\j": "j"}.get(letters.strip(), letters)
        return html.escape(unicodedata.normalize("NFC", letters[:1] + accent + letters[1:]))

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _peek_argument(self) -> str:
        return self._text[self._at + 1 : matching_brace(self._text, self._at)]

    def _argument(self, *, only_braces: bool = False) -> str:
        """The source of the next argument: a group, or else one character or command."""
        while self._peek() and self._peek() in " \t\n":
            self._at += 1
        if self._peek() == "{":
            start = self._at + 1
            self._at = matching_brace(self._text, self._at) + 1
            return self._text[start : self._at - 1]
        if only_braces:
            return ""
        match = re.compile(r"\\[a-zA-Z]+|.", re.DOTALL).match(self._text, self._at)
        self._at += len(match.group()) if match else 0
        return match.group() if match else ""

    def _skip_options(self) -> str:
        """Step over `[...]` and return what is in it."""
        if self._peek() != "[":
            return ""
        end = self._text.find("]", self._at)
        if end < 0 or end - self._at > 300:
            return ""
        options, self._at = self._text[self._at + 1 : end], end + 1
        return options

    def _environment(self) -> Pieces:
        name = self._argument(only_braces=True).strip()
        body = self._body(name)
        plain = name.rstrip("*")
        if plain in DRAWINGS:
            return []
        if plain in MATH_ENVIRONMENTS:
            return self._formula(_math_body(plain, body), display=True)
        if plain in TABLES:
            return [(Kind.BLOCK, table_html(_after_arguments(plain, body), lambda cell: as_inline(self._inner(cell))))]
        body = _after_arguments(plain, body)
        if plain in ("itemize", "enumerate", "description", "compactitem", "compactenum"):
            return [(Kind.BLOCK, self._list("ol" if "enum" in plain else "ul", body))]
        if plain in QUOTES:
            return [(Kind.BLOCK, f"<blockquote>{as_blocks(self._inner(body))}</blockquote>")]
        if plain in FIGURES:
            return [(Kind.BLOCK, self._float(body))]
        if plain in HEADINGS:
            heading = HEADINGS[plain].get(self._locale.partition("-")[0], HEADINGS[plain]["en"])
            return [(Kind.BLOCK, f"<h2>{heading}</h2>"), *self._inner(body), (Kind.PARAGRAPH_END, "")]
        return [(Kind.PARAGRAPH_END, ""), *self._inner(body), (Kind.PARAGRAPH_END, "")]

    def _body(self, name: str) -> str:
        """What lies between `\\begin{name}` and its own `\\end{name}`; to the end of the text when that is missing."""
        start, depth = self._at, 1
        for match in re.compile(r"\\(begin|end)\s*\{" + re.escape(name) + r"\}").finditer(self._text, self._at):
            depth += 1 if match[1] == "begin" else -1
            if depth == 0:
                self._at = match.end()
                return self._text[start : match.start()]
        self._at = len(self._text)
        return self._text[start:]

    def _list(self, tag: str, body: str) -> str:
        items = "".join(f"<li>{_item(self._inner(label), self._inner(text))}</li>" for label, text in _split_items(body))
        return f"<{tag}>{items}</{tag}>"

    def _float(self, body: str) -> str:
        match = re.search(r"\\caption(?:\[[^\]]{0,300}\])?\s*\{", body)
        caption = ""
        if match is not None:
            end = matching_brace(body, match.end() - 1)
            caption = as_inline(self._inner(body[match.end() : end]))
            body = body[: match.start()] + body[end + 1 :]
        content = as_blocks(self._inner(body))
        if not content and not caption:
            return ""
        caption = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure class="illustration">{content}{caption}</figure>'


def _inline(markup: str) -> Pieces:
    return [(Kind.INLINE, markup)]


def _wrapped(pieces: Pieces, opening: str, closing: str) -> Pieces:
    """The pieces of paragraphs between two tags each; blocks among them stay outside the tags."""
    return [
        (kind, f"{opening}{markup}{closing}") if kind is Kind.INLINE and markup.strip() else (kind, markup)
        for kind, markup in _joined(pieces)
    ]


def _joined(pieces: Pieces) -> Pieces:
    joined: Pieces = []
    for kind, markup in pieces:
        if joined and kind is Kind.INLINE and joined[-1][0] is Kind.INLINE:
            joined[-1] = (kind, joined[-1][1] + markup)
        else:
            joined.append((kind, markup))
    return joined


def _link(address: str, text: str | None) -> Pieces:
    address = re.sub(r"\\([%#&_~{}])", r"\1", address.strip())
    shown = text or html.escape(address)
    if not re.match(r"(https?://|mailto:)", address, re.IGNORECASE):
        return _inline(shown)
    return _inline(f'<a href="{html.escape(address)}">{shown}</a>')


def _width(options: str) -> float | None:
    match = _WIDTH.search(options)
    written = (match[1] or match[2]) if match is not None else None
    if match is None:
        return None
    return float(written) if written and re.fullmatch(r"\d*\.?\d+", written) else 1.0


def _math_body(name: str, body: str) -> str:
    if name in ("align", "alignat", "flalign", "eqnarray"):
        return r"\begin{align*}" + body.replace(r"\nonumber", "") + r"\end{align*}"
    if name in ("gather", "multline"):
        return r"\begin{gather*}" + body + r"\end{gather*}"
    return body


def _after_arguments(name: str, body: str) -> str:
    """The body without the arguments of the environment's beginning; a table keeps its columns."""
    body = body.lstrip()
    for _ in range(2):
        if body.startswith("["):
            body = body[body.find("]") + 1 :].lstrip() if "]" in body else body[1:]
    for _ in range(ENVIRONMENT_ARGUMENTS.get(name, 0)):
        if body.startswith("{"):
            body = body[matching_brace(body, 0) + 1 :].lstrip()
    return body


def _split_items(body: str) -> list[tuple[str, str]]:
    """The items of a list with their labels, not looking into lists inside it."""
    items: list[list[str]] = []
    depth = 0
    position = 0
    for match in re.finditer(r"\\(begin|end)\s*\{|\\item(?![a-zA-Z])\s*(?:\[([^\]]{0,300})\])?", body):
        if match[1]:
            depth += 1 if match[1] == "begin" else -1
        elif depth == 0:
            if items:
                items[-1][1] = body[position : match.start()]
            items.append([match[2] or "", ""])
            position = match.end()
    if items:
        items[-1][1] = body[position:]
    return [(label, text) for label, text in items]


def _item(label: Pieces, pieces: Pieces) -> str:
    """An item's content: bare when it is one paragraph, in paragraphs when it is more."""
    lead = f"<strong>{as_inline(label)}</strong> " if label else ""
    markup = as_blocks(pieces)
    if markup.count("<p>") <= 1 and markup.startswith("<p>"):
        markup = markup.removeprefix("<p>").replace("</p>", "", 1)
    return lead + markup
