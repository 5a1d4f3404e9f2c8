"""Bases as people paste them: FASTA, GenBank's numbered lines, RNA, and the letters that stand for several bases.

The letters are those of IUPAC (https://www.bioinformatics.org/sms/iupac.html). A sequence that is longer than the
network reads is cut after the first window, and everything that was changed or passed over is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from unrolled import InvalidInput, Label

BASES = "ACGTN"
SEVERAL = "RYSWKMBDHV"  # each stands for two or three bases
READS = "A, C, G, T or U, and N or another letter of IUPAC for a base that is not known"
_NAME = re.compile(r"[>;]\s*(.*)")
_ENDS = re.compile(r"^\s*5\s*['′’]?\s*-|-\s*3\s*['′’]?\s*$")  # 5'-ACGT-3'
_PASSED_OVER = re.compile(r"[\s\d]")
NAME_WIDTH = 60


@dataclass(frozen=True)
class Pasted:
    """Hold the bases that are read, A C G T N, a label for each, and sentences about what was done to get them."""

    bases: str
    labels: tuple[Label, ...]
    remarks: tuple[str, ...]


def read_pasted(text: str, most: int) -> Pasted:
    """Read up to `most` bases of a pasted text. Raises InvalidInput for what is no base, and where there are none."""
    name, lines, more = _sequence(text)
    letters = "".join(_letters(lines))
    if not letters:
        named = f" after the name '{shorten(name, NAME_WIDTH)}'" if name else ""
        raise InvalidInput(f"there are no bases here{named}; this network reads {READS}")
    taken = letters[:most]
    return Pasted(_bases(taken), tuple(map(_label, taken)), tuple(_remarks(name, more, letters, taken)))


def _sequence(text: str) -> tuple[str, list[tuple[int, str]], int]:
    """Give the name of the first sequence, its lines with their numbers, and how many more sequences there are."""
    lines = list(enumerate(text.splitlines(), 1))
    genbank = re.match(r"\s*LOCUS\s+(\S+)", text)
    if genbank:
        starts = [i for i, (_, line) in enumerate(lines) if line.startswith("ORIGIN")]
        first = lines[starts[0] + 1 :] if starts else []
        return genbank[1], _until_the_end(first), max(0, len(starts) - 1)
    lines = [(number, line) for number, line in lines if line.strip() and line.strip() != "ORIGIN"]
    named = [i for i, (_, line) in enumerate(lines) if line.lstrip().startswith(">")]
    if not named:
        return "", _until_the_end([(n, line) for n, line in lines if not line.startswith(";")]), 0
    found = _NAME.match(lines[named[0]][1].lstrip())
    first = lines[named[0] + 1 : named[1] if len(named) > 1 else None]
    return found[1].strip() if found else "", [(n, line) for n, line in first if line[0] != ";"], len(named) - 1


def _until_the_end(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    ends = [i for i, (_, line) in enumerate(lines) if line.strip() == "//"]
    return lines[: ends[0]] if ends else lines


def _letters(lines: list[tuple[int, str]]) -> Iterator[str]:
    """Give the letters of each line, in capitals. Raises InvalidInput for one that stands for no base."""
    for number, line in lines:
        plain = _ENDS.sub("", line).upper()
        letters = _PASSED_OVER.sub("", plain)
        strange = next((letter for letter in letters if letter not in BASES + "U" + SEVERAL), None)
        if strange:
            where = f" (line {number})" if len(lines) > 1 else f" (letter {letters.index(strange) + 1})"
            raise InvalidInput(f"'{strange}'{where} is not a base; this network reads {READS}")
        yield letters


def _bases(letters: str) -> str:
    return re.sub(f"[{SEVERAL}]", "N", letters.replace("U", "T"))


def _label(letter: str) -> Label:
    read = _bases(letter)
    return Label(text=letter, note="unknown" if read == "N" else None, read_as=read if read != letter else None)


def _remarks(name: str, more: int, letters: str, taken: str) -> Iterator[str]:
    if name:
        yield f"the sequence is named {shorten(name, NAME_WIDTH)}"
    if more:
        yield f"of {more + 1} sequences the first was read"
    if len(letters) > len(taken):
        yield f"of {len(letters):,} bases the first {len(taken)} were read"
    if "U" in taken:
        yield "U was read as T"
    if several := sorted(set(taken) & set(SEVERAL)):
        yield f"{', '.join(several)} {'stand' if len(several) > 1 else 'stands'} for several bases, read as N"
