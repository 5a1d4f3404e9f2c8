"""The names example: letters, dictated beginnings, and what it measures."""

import math
from pathlib import Path

import pytest

from models.evaluate import main
from models.listing import GALLERY, load_example
from models.names.letters import ALPHABET, CLASSES, END, encode_letters
from unrolled import Decoding, Force, InvalidInput

NAMES = load_example(GALLERY / "names")


def test_a_beginning_is_dictated_letter_by_letter() -> None:
    encoded = NAMES.read(" Mar ", "lstm")
    assert encoded.x is None and encoded.labels == ()
    assert encoded.interventions == (Force(step=0, y=12), Force(step=1, y=0), Force(step=2, y=17))


def test_every_written_name_continues_its_beginning() -> None:
    answers = [NAMES.trace("Mar", variant).answer for variant in NAMES.variants]
    assert all(answer.startswith("Mar") for answer in answers)
    assert NAMES.trace("mar").outputs[2].forced and not NAMES.trace("mar").outputs[3].forced


@pytest.mark.parametrize(
    ("raw", "read", "said"),
    [
        ("Zoë", "zoe", ["ë was read as e"]),
        ("O'Neil", "oneil", ["' was left out"]),
        ("Jean-Luc", "jeanluc", ["- was left out"]),
        ("Weiß", "weiss", ["ß was read as ss"]),
        ("Zoe\u0308", "zoe", ["ë was read as e"]),
        ("anna maria", "annamaria", ["a space was left out"]),
        ("x3", "x", ["3 was left out"]),
    ],
)
def test_what_the_alphabet_has_not_is_read_as_what_it_has(raw: str, read: str, said: list[str]) -> None:
    encoded = NAMES.read(raw, "lstm")
    assert encoded.interventions == tuple(Force(step=i, y=ALPHABET.index(letter)) for i, letter in enumerate(read))
    assert [remark for remark in encoded.remarks if "was" in remark and "composed" not in remark] == said


def test_a_letter_of_another_script_is_named_and_so_is_what_leaves_nothing() -> None:
    for raw, said in (("Анна", "'А' is not in this network's alphabet"), ("123", "nothing of this input")):
        with pytest.raises(InvalidInput, match=said):
            NAMES.trace(raw)
    with pytest.raises(InvalidInput, match="30 letters are too many"):
        NAMES.trace("ß" * 15)


def test_a_name_without_letters_is_said_to_be_none() -> None:
    written = {NAMES.trace("", "rnn", decoding=Decoding(method="sample", seed=seed)).answer for seed in (82, 83)}
    assert "" not in written and len(written) == 2


def test_a_beginning_that_is_too_long_says_the_limit() -> None:
    with pytest.raises(InvalidInput, match=r"16 characters.*15"):
        NAMES.trace("a" * 16)


def test_the_same_seed_writes_the_same_name() -> None:
    write = {seed: NAMES.trace("", decoding=Decoding(method="sample", seed=seed)).answer for seed in range(6)}
    assert write == {seed: NAMES.trace("", decoding=Decoding(method="sample", seed=seed)).answer for seed in range(6)}
    assert len(set(write.values())) > 3


def test_a_name_ends_with_the_end_symbol_which_is_not_written() -> None:
    trace = NAMES.trace("emm", decoding=Decoding(method="greedy"))
    assert trace.outputs[-1].index == END and trace.outputs[-1].label == "⟨end⟩"
    assert trace.answer.isalpha() and len(trace.answer) == trace.T_y - 1


def test_a_fixed_beginning_makes_rare_letters_likely() -> None:
    after_q = NAMES.trace("q", decoding=Decoding(method="greedy")).outputs[1]
    assert after_q.label == "u" and after_q.p > 0.4


@pytest.mark.parametrize("variant", NAMES.variants)
def test_real_names_are_likelier_than_their_letters_backwards(variant: str) -> None:
    names = ["jennifer", "matthew", "christopher", "isabella", "charlotte", "theodore"]
    real = NAMES.evaluate("\n".join(names), NAMES.variants[variant])["nats_per_character"]
    backwards = NAMES.evaluate("\n".join(name[::-1] for name in names), NAMES.variants[variant])["nats_per_character"]
    assert real < 2.3 and real + 0.5 < backwards


def test_the_metric_counts_the_end_of_a_name_as_a_character() -> None:
    trace = NAMES.trace("ann", "gru", decoding=Decoding(method="greedy"))
    assert trace.y_hat is not None
    p = [trace.y_hat[step][y] for step, y in enumerate([*encode_letters("ann"), END])]
    expected = -sum(map(math.log, p)) / 4
    assert NAMES.evaluate("ann\n", NAMES.variants["gru"])["nats_per_character"] == pytest.approx(expected, abs=1e-3)


def test_evaluate_prints_a_line_for_every_variant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "names.txt").write_text("anna\nben\n")
    assert main(["names", str(tmp_path / "names.txt")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(NAMES.variants)
    assert main(["names", str(tmp_path / "names.txt"), "--variant", "gru"]) == 0
    assert capsys.readouterr().out.startswith("nats_per_character: ")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nomes", "x"], 2, "there are"),
        (["names", __file__, "--variant", "cnn"], 2, "rnn, gru, lstm"),
        (["names", "nowhere.txt"], 1, "no such file"),
        (["names", __file__], 1, "alphabet"),
    ],
)
def test_evaluate_says_in_one_line_what_is_wrong(
    arguments: list[str], status: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == status
    error = capsys.readouterr().err
    assert message in error and error.count("\n") == 1


def test_there_is_a_class_for_each_letter_and_one_for_the_end() -> None:
    assert len(CLASSES) == 27 and CLASSES[END] == "⟨end⟩"
