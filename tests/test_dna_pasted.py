"""Bases as people paste them: FASTA, numbered lines, RNA, IUPAC's letters, more than one window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dna.pasted import SEVERAL, read_pasted
from unrolled import InvalidInput

MOST = 400
bases = st.text("ACGT", min_size=1, max_size=MOST)


def numbered(sequence: str) -> str:
    """Write bases as GenBank does: 60 a line in groups of ten, the number of the first before them."""
    rows = [sequence[at : at + 60] for at in range(0, len(sequence), 60)]
    tens = [" ".join(row[i : i + 10] for i in range(0, len(row), 10)) for row in rows]
    return "".join(f"{60 * n + 1:>9} {row.lower()}\n" for n, row in enumerate(tens))


@given(bases, st.integers(1, 80))
def test_the_same_bases_are_read_however_they_are_pasted(sequence: str, width: int) -> None:
    lines = "\n".join(sequence[at : at + width] for at in range(0, len(sequence), width))
    genbank = f"LOCUS       ABC123   {len(sequence)} bp\nFEATURES   Location\nORIGIN\n{numbered(sequence)}//\n"
    fasta = (f">seq 1 of a fly\n{lines}\n", f"; a comment\n{lines.lower()}")
    plain = (lines, lines.replace("T", "U"), lines.replace("\n", "\r\n"), f"5'-{sequence}-3'")
    forms = (*plain, *fasta, genbank, numbered(sequence), f"ORIGIN\n{numbered(sequence)}//")
    assert {read_pasted(form, MOST).bases for form in forms} == {sequence}


@given(bases)
def test_rna_is_read_as_dna_and_each_u_is_marked(sequence: str) -> None:
    found = read_pasted(sequence.replace("T", "U"), MOST)
    assert [label.read_as for label in found.labels] == ["T" if base == "T" else None for base in sequence]
    assert ("U was read as T" in found.remarks) == ("T" in sequence)


@given(st.text("ACGT" + SEVERAL + SEVERAL.lower() + "nN", min_size=1, max_size=MOST))
def test_a_letter_for_several_bases_is_read_as_unknown_and_marked(sequence: str) -> None:
    found = read_pasted(sequence, MOST)
    assert len(found.labels) == len(found.bases) == len(sequence)
    for letter, label, base in zip(sequence.upper(), found.labels, found.bases, strict=True):
        assert label.text == letter and (base == letter or base == "N")
        assert (label.note == "unknown") == (base == "N") == (letter not in "ACGT")


@given(st.text("ACGT", min_size=MOST + 1, max_size=3 * MOST))
def test_of_a_longer_sequence_the_first_window_is_read_and_that_is_said(sequence: str) -> None:
    found = read_pasted(f">long\n{sequence}", MOST)
    assert found.bases == sequence[:MOST]
    assert f"of {len(sequence):,} bases the first {MOST} were read" in found.remarks


def test_the_name_of_a_sequence_is_said_and_of_several_the_first_is_read() -> None:
    found = read_pasted(">NM_079223.3 Drosophila melanogaster\nACGT\n>other\nGGG\n", MOST)
    assert found.bases == "ACGT"
    assert found.remarks == (
        "the sequence is named NM_079223.3 Drosophila melanogaster",
        "of 2 sequences the first was read",
    )
    assert read_pasted("LOCUS  X12  4 bp\nORIGIN\n 1 acgt\n//\nLOCUS  Y\nORIGIN\n 1 gg\n//", MOST).bases == "ACGT"


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("ACGT\nACQGT", r"'Q' \(line 2\) is not a base"),
        ("ACXT", r"'X' \(letter 3\) is not a base"),
        ("A-C", "'-'"),
        (">only a name", "no bases here after the name 'only a name'"),
        ("1 61 121", "no bases here"),
        ("LOCUS  X12  4 bp\n", "no bases here after the name 'X12'"),
        ("MSEQLLKRVAEL", "is not a base"),
    ],
)
def test_what_holds_no_bases_is_refused_with_its_place(pasted: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        read_pasted(pasted, MOST)
