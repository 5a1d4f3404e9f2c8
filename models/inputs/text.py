"""Text, and what is written as text: a beginning, a string of bases, a series of numbers."""

import csv
import re
from collections.abc import Callable, Mapping
from textwrap import shorten
from typing import Any, Literal

from models.inputs.cleaning import clean
from models.inputs.kind import InputKind, Spec, too_many
from models.inputs.language import capitals_notice, language_notice
from unrolled import InvalidInput

Language = Literal["en", "fr"]
Written = Literal["text", "prefix", "bases", "series"]
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\*?", re.IGNORECASE | re.ASCII)


class TextSpec(Spec):
    """Tell how a text is typed; `max_length` counts characters.

    `text` is a line of text that becomes x; `prefix` is an optional beginning that a network with x = ∅ is made
    to write, `bases` a string of A C G T N, `series` numbers separated by commas. `keeps` are marks that the first step
    of every text (`cleaning.py`) leaves as they are, since the network was taught with them. `language` is the one that
    is read, `capitals` false where a text all in capitals is not read as what it says.
    """

    kind: Written
    placeholder: str = ""
    max_length: int
    keeps: str = ""
    language: Language | None = None
    capitals: bool = True


class TextKind(InputKind[str, TextSpec]):
    """Takes a text through the first step of every text; the example reads what is left."""

    def __init__(self, name: Written, called: str, files: Mapping[str, Callable[[bytes, TextSpec], str]]) -> None:
        self.name = name
        self.called = called
        self.files = files

    def from_text(self, text: str, spec: TextSpec) -> str:
        """Clean the text, which is its own text form."""
        return clean(text, spec.keeps).text

    def changes(self, sent: str, spec: TextSpec) -> tuple[str, ...]:
        """Say what cleaning changed."""
        return clean(sent, spec.keeps).changes

    def notices(self, value: str, spec: TextSpec) -> tuple[str, ...]:
        """Say that a text is in another language than is read, or in capitals where these are misread."""
        said = (language_notice(value, spec.language), "" if spec.capitals else capitals_notice(value))
        return tuple(filter(None, said))

    def to_text(self, value: str) -> str:
        """Give the text; how long it may be, its spec says."""
        return value

    def reference_of(self, sent: Any) -> None:
        """Find no reference: a text may begin with any letter."""

    def is_one(self, sent: Any) -> bool:
        """Say no: text is not sent as an object."""
        return False

    def check(self, value: str, spec: TextSpec) -> str:
        """Refuse a blank where something is required, and what is too long."""
        if spec.required and not value.strip():
            raise InvalidInput(f"nothing to read: type some text, for example '{shorten(spec.placeholder, 60)}'")
        if len(value) > spec.max_length:
            raise too_many(len(value), "characters", spec.max_length)
        return value


def plain(data: bytes, spec: Spec) -> str:
    """Read a file of text. Raises InvalidInput if it is not UTF-8."""
    try:
        return data.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise InvalidInput("this file is not text in UTF-8: save it as UTF-8, or paste what is in it") from None


def fasta(data: bytes, spec: TextSpec) -> str:
    """Read the first sequence of a FASTA file, with its name, or bases alone; of a long one what a field holds."""
    text = plain(data, spec).strip()
    end = text.find("\n>")
    text = text if end < 0 else text[:end]
    return text[: spec.max_length] if text.startswith(">") else text


def column(data: bytes, spec: TextSpec) -> str:
    """Read a column or a row of numbers, without its heading, in one line; a table stays for the example to read."""
    text = plain(data, spec).strip()
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())]
    if len(rows) > 1 and not any(NUMBER.fullmatch(cell) for cell in rows[0]):
        rows = rows[1:]
    if len(rows) > 1 and any(len(row) != 1 or not NUMBER.fullmatch(row[0]) for row in rows):
        return text
    return ", ".join(cell for row in rows for cell in row if cell)
