"""The LaTeX this reader knows, as tables: what each command becomes, and how many arguments the dropped ones have.

Source: "LaTeX environment and supported subset" of `2025-09`.
"""

from __future__ import annotations

CODE = ('<code dir="ltr">', "</code>")

WRAPPED = {
    "textbf": ("<strong>", "</strong>"),
    "emph": ("<em>", "</em>"),
    "textit": ("<em>", "</em>"),
    "textsl": ("<em>", "</em>"),
    "texttt": CODE,
    "underline": ("<u>", "</u>"),
    "uline": ("<u>", "</u>"),
    "sout": ("<s>", "</s>"),
    "textsuperscript": ("<sup>", "</sup>"),
    "textsubscript": ("<sub>", "</sub>"),
    "t": CODE,
}
"""Commands with one argument that is put between two tags."""

SWITCHES = {
    "bf": WRAPPED["textbf"],
    "bfseries": WRAPPED["textbf"],
    "it": WRAPPED["textit"],
    "itshape": WRAPPED["textit"],
    "em": WRAPPED["emph"],
    "sl": WRAPPED["textit"],
    "tt": WRAPPED["texttt"],
    "ttfamily": WRAPPED["texttt"],
}
"""Commands that hold until their group ends."""

SECTIONS = {"section": "h2", "subsection": "h3", "subsubsection": "h4", "paragraph": "h4", "subparagraph": "h5"}

DROPPED = {
    "problemname": 1,
    "vspace": 1,
    "hspace": 1,
    "vskip": 0,
    "hskip": 0,
    "label": 1,
    "ref": 1,
    "pageref": 1,
    "setlength": 2,
    "addtolength": 2,
    "setcounter": 2,
    "newlength": 1,
    "usepackage": 1,
    "documentclass": 1,
    "input": 1,
    "include": 1,
    "includepdf": 1,
    "write": 1,
    "immediate": 0,
    "openout": 0,
    "pagestyle": 1,
    "thispagestyle": 1,
    "color": 1,
    "textcolor": 1,
    "colorbox": 1,
    "definecolor": 3,
    "fontsize": 2,
    "resizebox": 2,
    "scalebox": 1,
    "raisebox": 1,
    "rule": 2,
    "cline": 1,
    "hline": 0,
    "lstset": 1,
    "tikzset": 1,
    "usetikzlibrary": 1,
    "graphicspath": 1,
    "newtheorem": 2,
    "captionsetup": 1,
    "setlist": 1,
    "multirow": 2,
    "parbox": 1,
    "makebox": 0,
}
"""Commands that leave nothing behind, with the number of arguments that go with them; what follows is shown."""

SYMBOLS = {
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textdollar": "$",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textendash": "–",
    "textemdash": "—",
    "guillemotleft": "«",
    "guillemotright": "»",
    "quotedblbase": "„",
    "copyright": "©",
    "textcopyright": "©",
    "textregistered": "®",
    "texttrademark": "™",
    "textdegree": "°",
    "textmu": "µ",
    "texttimes": "×",
    "textrightarrow": "→",
    "textleftarrow": "←",
    "textbullet": "•",
    "euro": "€",
    "texteuro": "€",
    "pounds": "£",
    "S": "§",
    "P": "¶",
    "dag": "†",
    "ddag": "‡",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "aa": "å",
    "AA": "Å",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "quad": "\u2003",
    "qquad": "\u2003\u2003",
    "lbrace": "{",
    "rbrace": "}",
    "slash": "/",
}

ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
    "b": "\u0331",
    "d": "\u0323",
}
"""Accent commands as the combining character that follows the letter."""

MATH_ENVIRONMENTS = frozenset(
    ["math", "displaymath", "equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign"]
)
TABLES = frozenset({"tabular", "tabularx", "tabulary", "longtable", "array"})
FIGURES = frozenset({"figure", "wrapfigure", "table", "floatingfigure", "SCfigure"})
DRAWINGS = frozenset({"tikzpicture", "picture", "pspicture", "asy", "axis", "forest", "comment", "filecontents"})
LISTS = frozenset({"itemize", "enumerate", "description", "compactitem", "compactenum"})
QUOTES = frozenset({"quote", "quotation", "verse"})

ENVIRONMENT_ARGUMENTS = {
    "tabularx": 1,
    "tabulary": 1,
    "wrapfigure": 2,
    "floatingfigure": 1,
    "minipage": 1,
    "multicols": 1,
    "adjustbox": 1,
    "spacing": 1,
}
"""Arguments of an environment's beginning that are not shown; the columns of a table are read apart."""

HEADINGS = {
    "Input": {"en": "Input", "sv": "Indata", "ar": "المدخلات", "fr": "Entrée", "de": "Eingabe", "es": "Entrada"},
    "Output": {"en": "Output", "sv": "Utdata", "ar": "المخرجات", "fr": "Sortie", "de": "Ausgabe", "es": "Salida"},
    "Interaction": {"en": "Interaction", "sv": "Interaktion", "ar": "التفاعل", "fr": "Interaction", "de": "Interaktion"},
}
"""Environments that stand for a section, with its heading by language."""
