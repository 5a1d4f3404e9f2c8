"""The few parts of a GenBank file that this example needs: each locus with its bases and its coding stretches.

Biopython reads the whole format; this reads LOCUS, the locations of CDS and ORIGIN, which is all that
AUGUSTUS's gene files hold (https://www.ncbi.nlm.nih.gov/genbank/samplerecord/ describes the format).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from models.files import BadLine

COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
LOCATION = re.compile(r"(?m)^ {5}CDS\s+([^/]+?)(?=^\s+/|^ {5}\S|\Z)")
BASES = re.compile(r"\s*(?:\d+(?:\s+[A-Za-z]+)*\s*)?")
SPAN = re.compile(r"<?(\d+)(?:\.\.>?(\d+))?")


@dataclass(frozen=True)
class Locus:
    """Hold the bases of a locus, read along the strand of its gene, and which of them are coding."""

    name: str
    bases: str
    coding: np.ndarray  # (len(bases),) of 0 and 1


def parse(text: str) -> Iterator[Locus]:
    """Give each locus of a GenBank file, once for each strand that has coding stretches.

    Raises BadLine for a record without bases, a line of bases that holds something else, or a location that lies
    outside of them.
    """
    at = 0
    for record in re.split(r"(?m)^//[^\S\n]*$", text):
        if record.strip():
            blank = len(record) - len(record.lstrip())
            yield from _loci(record[blank:], text.count("\n", 0, at + blank) + 1)
        at = text.find("\n", at + len(record)) + 1  # the line after //


def _loci(record: str, line: int) -> Iterator[Locus]:
    """Read one record, whose first line has this number in the file."""
    name = re.search(r"\ALOCUS\s+(\S+)", record)
    head, found, origin = record.partition("\nORIGIN")
    bases = "".join(_bases(origin, line + head.count("\n") + 1))
    if not (name and found and bases):
        raise BadLine(line, "no GenBank record with a LOCUS line and bases under ORIGIN begins here")
    locations: list[str] = []
    for place in LOCATION.finditer(head):
        locations.append(re.sub(r"\s", "", place[1]))
        if wrong := _outside(locations[-1], len(bases)):
            raise BadLine(line + head.count("\n", 0, place.start()), f"{name[1]}: {wrong}")
    for backward in (False, True):
        here = [location for location in locations if ("complement" in location) == backward]
        if here:
            coding = _coding(here, len(bases))
            strand = reverse_complement(bases) if backward else bases
            yield Locus(name[1], strand, coding[::-1].copy() if backward else coding)


def _bases(origin: str, line: int) -> Iterator[str]:
    """Give the bases of each line under ORIGIN, which has this number; IUPAC's other letters are not known, N."""
    for number, row in enumerate(origin.split("\n")[1:], line + 1):
        if not BASES.fullmatch(row):
            raise BadLine(number, f"'{row.strip()[:30]}' is no line of bases like '61 acgttgca'")
        yield re.sub(r"[^ACGT]", "N", re.sub(r"[^A-Z]", "", row.upper()))


def _spans(location: str) -> list[tuple[int, int]]:
    """List the stretches of a location, which count from 1 and include their ends."""
    return [(int(start), int(end or start)) for start, end in SPAN.findall(location)]


def _outside(location: str, length: int) -> str:
    """Say what is wrong with a location; empty if nothing is."""
    spans = _spans(location)
    if not spans:
        return f"'{location[:30]}' is no location like 12..345"
    wrong = [span for span in spans if not 1 <= span[0] <= span[1] <= length]
    return f"{wrong[0][0]}..{wrong[0][1]} lies outside of its {length} bases" if wrong else ""


def _coding(locations: list[str], length: int) -> np.ndarray:
    """Mark the bases that lie in one of the locations' spans."""
    coding = np.zeros(length, dtype=np.int64)
    for first, last in _spans(" ".join(locations)):
        coding[first - 1 : last] = 1
    return coding


def reverse_complement(bases: str) -> str:
    """Read the other strand: A and T, C and G change places, from the end to the beginning."""
    return bases.translate(COMPLEMENT)[::-1]
