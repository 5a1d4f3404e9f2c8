"""The few parts of a GenBank file that this example needs: each locus with its bases and its coding stretches.

Biopython reads the whole format; this reads LOCUS, the locations of CDS and ORIGIN, which is all that
AUGUSTUS's gene files hold (https://www.ncbi.nlm.nih.gov/genbank/samplerecord/ describes the format).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from unrolled import InvalidInput

COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
SPAN = re.compile(r"<?(\d+)(?:\.\.>?(\d+))?")


@dataclass(frozen=True)
class Locus:
    """Hold the bases of a locus, read along the strand of its gene, and which of them are coding."""

    name: str
    bases: str
    coding: np.ndarray  # (len(bases),) of 0 and 1


def parse(text: str) -> Iterator[Locus]:
    """Give each locus of a GenBank file, once for each strand that has coding stretches.

    Raises InvalidInput, naming the record, for one without bases or with a location that lies outside of them.
    """
    for number, record in enumerate(re.split(r"(?m)^//\s*$", text), 1):
        if record.strip():
            yield from _loci(record, f"record {number}")


def _loci(record: str, place: str) -> Iterator[Locus]:
    name = re.search(r"(?m)^LOCUS\s+(\S+)", record)
    head, found, origin = record.partition("\nORIGIN")
    bases = re.sub(r"[^A-Z]", "", origin.partition("\n")[2].upper())
    bases = re.sub(r"[^ACGT]", "N", bases)  # IUPAC's other letters say that the base is not known
    if not (name and found and bases):
        raise InvalidInput(f"{place} is not a GenBank record with a LOCUS line and bases under ORIGIN")
    locations = [re.sub(r"\s", "", place) for place in re.findall(r"(?m)^ {5}CDS\s+([^/]+?)(?=^\s+/|^ {5}\S|\Z)", head)]
    for backward in (False, True):
        here = [location for location in locations if ("complement" in location) == backward]
        if here:
            coding = _coding(here, len(bases), name[1])
            strand = reverse_complement(bases) if backward else bases
            yield Locus(name[1], strand, coding[::-1].copy() if backward else coding)


def _coding(locations: list[str], length: int, name: str) -> np.ndarray:
    """Mark the bases that lie in one of the locations' spans, which count from 1 and include their ends."""
    coding = np.zeros(length, dtype=np.int64)
    for start, end in SPAN.findall(" ".join(locations)):
        first, last = int(start), int(end or start)
        if not 1 <= first <= last <= length:
            raise InvalidInput(f"{name}: {first}..{last} lies outside of its {length} bases")
        coding[first - 1 : last] = 1
    return coding


def reverse_complement(bases: str) -> str:
    """Read the other strand: A and T, C and G change places, from the end to the beginning."""
    return bases.translate(COMPLEMENT)[::-1]
