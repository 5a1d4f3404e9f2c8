"""The DNA example: GenBank files, the k-mers that are read at each base, and what the networks find."""

from pathlib import Path

import numpy as np
import pytest
import torch

from models.dna.codons import Codons, amino_acids
from models.dna.example import EXAMPLE, ROWS, WORDS, Dna, indices, kmers, windows
from models.dna.genbank import Locus, parse, reverse_complement
from models.dna.rhythm import explained, phases
from models.dna.train import frames, kinds_of, network_of, start_from_counts
from tests.helpers import measured_on
from unrolled import InvalidInput
from unrolled.config import Bag

FOLDER = Path(__file__).parent.parent / "models" / "dna"
RECORD = """LOCUS       {name}   12 bp  DNA
FEATURES             Location/Qualifiers
     source          1..12
     CDS             {location}
                     /gene="38"
BASE ROWS     3 a   3 c  3 g   3 t
ORIGIN
        1 aaccggttrc
       11 gt
//
"""


@pytest.fixture(scope="module")
def example() -> Dna:
    return EXAMPLE(FOLDER)


def test_genbank_spans_count_from_one_and_include_their_ends() -> None:
    (locus,) = parse(RECORD.format(name="one", location="join(1..2,5..\n                     6)"))
    assert (locus.name, locus.bases) == ("one", "AACCGGTTNCGT")
    assert locus.coding.tolist() == [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]


def test_genes_on_the_other_strand_are_read_along_it() -> None:
    (locus,) = parse(RECORD.format(name="two", location="complement(join(<1..2,5..6))"))
    assert locus.bases == reverse_complement("AACCGGTTNCGT") == "ACGNAACCGGTT"
    assert locus.coding.tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1]


def test_records_that_hold_no_bases_or_point_outside_are_named() -> None:
    with pytest.raises(InvalidInput, match=r"odd: 5\.\.60 lies outside"):
        list(parse(RECORD.format(name="odd", location="5..60")))
    with pytest.raises(InvalidInput, match="line 11: no GenBank record"):
        list(parse(RECORD.format(name="one", location="1..3") + "hello\n//\n"))


def test_a_base_is_read_with_the_two_and_the_five_before_it() -> None:
    rows = kmers(indices("ACGTACGTACGTACG"))
    assert rows.shape == (15, 3)
    assert rows[:2, 1].tolist() == [0, 0] and (rows[:5, 2] == 0).all() and (rows[5:] > 0).all()
    assert rows[2, 1] == rows[14, 1] != rows[3, 1] and rows.max() < ROWS


def test_a_word_has_a_row_for_each_of_the_three_places_where_it_can_end() -> None:
    rows = kmers(indices("ACGTACGTACGTACG"))  # the codon ACG ends at 2, 6, 10, 14
    assert len({int(rows[t, 1]) for t in (2, 6, 10)}) == 3
    assert len({int(rows[t, 1] - 1) % WORDS for t in (2, 6, 10)}) == 1


def test_an_unknown_base_blanks_every_word_that_holds_it() -> None:
    rows = kmers(indices("ACGTNACGTACG"))
    assert (rows[4:7, 1] == 0).all() and (rows[7:, 1] > 0).all()
    assert (rows[4:10, 2] == 0).all() and (rows[10:, 2] > 0).all()


def test_kmers_of_a_batch_are_those_of_its_rows() -> None:
    batch = torch.stack([indices("ACGTTGCA"), indices("NNACGTTG")])
    assert torch.equal(kmers(batch)[1], kmers(batch[1]))


@pytest.mark.parametrize(
    ("raw", "says"), [("ACGX", r"'X' \(letter 4\) is not a base"), ("A-C", "'-'"), (">a name", "no bases here")]
)
def test_what_is_not_dna_is_refused_with_the_way_out(example: Dna, raw: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        example.read(raw, "bigru")


def test_nineteen_bases_run_and_are_called_little_to_go_on(example: Dna) -> None:
    trace = example.trace("agcccctgtg aggaactag")
    assert trace.T_x == trace.T_y == 19
    assert "19 bases are little to go on" in trace.answer
    assert trace.y_hat is not None and ((trace.y_hat > 0) & (trace.y_hat < 1)).all()


def test_an_answer_about_unknown_bases_says_that_it_means_nothing(example: Dna) -> None:
    assert example.trace("N" * 30 + "ACGT").answer.endswith("so this means nothing")
    assert "not known" not in example.trace("ACGTN" * 5).answer


def test_of_a_longer_input_the_first_window_is_read_and_the_trace_says_so(example: Dna) -> None:
    longest = example.about.input.max_steps
    trace = example.trace(">x\n" + "ACGGTCA" * 100)
    assert trace.T_x == longest
    assert trace.remarks == ("the sequence is named x", f"of 700 bases the first {longest} were read")
    assert example.trace("ACGT").remarks == ()


def test_unknown_bases_are_marked(example: Dna) -> None:
    labels = example.read("ACNGT", "bigru").labels
    assert [label.note for label in labels] == [None, None, "unknown", None, None]


def test_each_window_is_read_as_the_page_reads_it(example: Dna) -> None:
    rng, longest = np.random.default_rng(3), example.about.input.max_steps
    bases = "".join(rng.choice(list("ACGT"), longest + 50))
    (locus,) = parse(RECORD.format(name="one", location="1..3"))
    whole = example.probabilities([locus, type(locus)("long", bases, np.zeros(len(bases)))], example.variants["bigru"])
    alone = example.trace(bases[longest:]).y_hat
    assert whole.shape == (12 + longest + 50,)
    assert alone is not None and np.abs(whole[12 + longest :] - alone[:, 0]).max() < 1e-5
    assert [len(piece) for piece in windows(indices(bases), longest)] == [longest, 50]


def test_evaluation_measures_every_base_of_a_file(example: Dna, tmp_path: Path) -> None:
    file = tmp_path / "genes.gb"
    file.write_text(RECORD.format(name="one", location="1..3") + RECORD.format(name="two", location="complement(1..3)"))
    measured = measured_on(example, file, "bigru")
    assert measured["majority"] == 0.75
    assert 0 <= measured["base_accuracy"] <= 1


def test_phases_go_on_across_an_intron() -> None:
    (locus,) = parse(RECORD.format(name="one", location="join(1..4,7..8)"))
    assert phases(locus)[locus.coding == 1].tolist() == [0, 1, 2, 0, 1, 2]
    assert (phases(locus)[locus.coding == 0] >= 3).all()


def test_a_unit_that_beats_in_threes_is_explained_by_the_phase() -> None:
    phase = np.arange(300) % 3
    states = np.stack((phase == 1, np.arange(300) / 300, np.zeros(300)), 1).astype(float)
    found = explained(states, phase)
    assert found[0] == pytest.approx(1) and found[1] < 0.01 and found[2] == 0


def test_training_starts_from_what_gene_finders_count() -> None:
    coding = np.repeat([0, 1], 600)
    rich = Locus("rich", "AT" * 300 + "GCC" * 200, coding)
    network = network_of("gru")
    start_from_counts(network, [rich])
    assert isinstance(network.read, Bag)
    table = network.read.table.weight
    assert (table[0] == 0).all()
    for before in range(3):  # wherever the word ends, the frame in which it is a codon speaks for it
        gcc, tat = (kmers(indices("A" * before + codon))[-1, 1] for codon in ("GCC", "TAT"))
        frame = before % 3
        assert table[gcc, frame] > 2 > -2 > table[tat, frame]
        assert table[gcc, frame] > table[gcc, (frame + 1) % 3]


def test_an_exchanged_codon_means_the_same_amino_acid() -> None:
    rng = np.random.default_rng(1)
    bases, kinds = rng.integers(0, 5, 3000), np.concatenate((np.full(300, 4), np.arange(2700) % 3))
    codons = Codons(bases, kinds)
    written = codons.exchanged(0.5, rng)
    numbers = sum(written[codons.at + i] * 4**i for i in range(3))
    assert (amino_acids()[numbers] == amino_acids()[codons.numbers]).all()
    assert 0.1 < np.mean(numbers != codons.numbers) < 0.5
    assert (written[:300] == bases[:300]).all() and len(codons.at) < 900  # with an N there is no codon


def test_the_place_in_a_codon_becomes_a_frame_that_stays_along_an_exon() -> None:
    locus = Locus("one", "A" * 12, np.array([0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0]))
    kinds = kinds_of(locus)
    assert kinds.tolist() == [4, 0, 1, 2, 0, 1, 3, 3, 2, 0, 4, 4]
    assert frames(torch.from_numpy(kinds)).tolist() == [4, 1, 1, 1, 1, 1, 3, 3, 0, 0, 4, 4]
