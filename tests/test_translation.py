"""The translation example: pieces, the corpus, a training that goes on, and what the networks say."""

import random
from pathlib import Path

import pytest
import torch

from models.translation import checkpoint
from models.translation.augmentation import Augmentation, as_typed, rename, renumber
from models.translation.checkpoint import Progress
from models.translation.corpus import Pair, read_pairs, same_length_batches, split
from models.translation.example import EXAMPLE, Translation
from models.translation.pieces import END, normalise
from models.translation.score import bleu
from models.translation.train import factor
from tests.helpers import measured_on
from tests.tiny import tiny_network
from unrolled import InvalidInput, Network

FOLDER = Path(__file__).parent.parent / "models" / "translation"
SING = "Voulez-vous chanter avec moi ?"


@pytest.fixture(scope="module")
def example() -> Translation:
    return EXAMPLE(FOLDER)


@pytest.mark.parametrize("raw", [SING, "Voulez-vous chanter avec moi?", " Voulez-vous\u00a0 chanter avec moi\u202f?\n"])
def test_every_way_to_space_a_question_mark_reads_the_same(example: Translation, raw: str) -> None:
    labels = [label.text for label in example.read(raw, "attention").labels]
    assert labels == ["▁Voulez", "-", "vous", "▁chanter", "▁avec", "▁moi", "▁?"]


def test_typographic_quotes_are_read_as_plain_ones_and_times_stay_whole() -> None:
    assert normalise("Il m’a dit : « Viens à 10:30 ! »") == "Il m'a dit : « Viens à 10:30 ! »"
    assert normalise(normalise("Quoi?!")) == normalise("Quoi?!") == "Quoi ?!"


def test_unknown_characters_are_marked_and_nothing_is_dropped(example: Translation) -> None:
    encoded = example.read("J'aime 漢字 et 😀.", "none")
    assert [label.text for label in encoded.labels if label.note == "unknown"] == ["漢字", "😀"]
    assert "".join(label.text for label in encoded.labels) == "▁J'aime▁漢字▁et▁😀."


def test_a_sentence_with_too_many_pieces_is_refused(example: Translation) -> None:
    with pytest.raises(InvalidInput, match=r"pieces are too many; .* up to 60: try one sentence at a time"):
        example.read("Il a " * 40 + "oui.", "attention")
    assert len(example.read("Je pense que " * 19 + "oui.", "attention").labels) <= 60


def test_pieces_join_to_the_sentence_they_were_cut_from(example: Translation) -> None:
    sentence = "Tom didn't want to sing, did he?"
    indices = example.pieces.indices(sentence)
    assert example.pieces.join([*indices, END, *indices]) == sentence
    assert example.y_labels(example.variants["none"])[END] == "⟨end⟩"


def test_every_character_of_a_number_or_a_name_can_be_read_and_written(example: Translation) -> None:
    for written in ("1998", "46,7 %", "WXYZ", "Zoé", "Kyoto"):
        assert all(piece.known for piece in example.pieces.cut(written))
        assert example.pieces.join(example.pieces.indices(written)) == written
    assert [piece.text for piece in example.pieces.cut("1998")] == ["▁", "1", "9", "9", "8"]


def test_a_new_name_is_elided_as_the_french_do() -> None:
    pair = Pair("Le chat de Tom pense que Tom dort.", "Tom's cat thinks Tom is asleep.")
    assert rename(pair, "Tom", "Anna") == Pair(
        "Le chat d'Anna pense qu'Anna dort.", "Anna's cat thinks Anna is asleep."
    )
    assert rename(pair, "Tom", "Paul").french == "Le chat de Paul pense que Paul dort."
    assert rename(Pair("Tomate", "Tomato"), "Tom", "Paul") == Pair("Tomate", "Tomato")


def test_numbers_change_alike_in_both_languages_and_one_stays_one() -> None:
    pair = renumber(Pair("J'ai 12 chats et 1 chien.", "I have 12 cats and 1 dog."), random.Random(0))
    number = pair.french.split()[1]
    assert number != "12" and 10 <= int(number) <= 99
    assert pair == Pair(f"J'ai {number} chats et 1 chien.", f"I have {number} cats and 1 dog.")
    unlike = Pair("À 14 h.", "At 2 p.m.")
    assert renumber(unlike, random.Random(0)) == unlike


def test_sentences_are_varied_as_visitors_type_them() -> None:
    typed = {as_typed("Été.", random.Random(seed)) for seed in range(2000)}
    assert {"Été.", "Été", "été.", "Ete."} <= typed
    vary = Augmentation(["Paul"], ["Zoé"], random.Random(0))
    assert "Paul dort." in {vary(Pair("Tom dort.", "Tom sleeps.")).french for _ in range(100)}


def test_the_source_is_read_with_and_without_attribution() -> None:
    pairs = read_pairs("Go.\tVa\u202f!\nRun!\tCours !\tCC-BY 2.0 (France)\r\n\n")
    assert pairs == [Pair("Va !", "Go."), Pair("Cours !", "Run!")]
    with pytest.raises(InvalidInput, match="line 2: there is no tab"):
        read_pairs("Go.\tVa !\nGo.\n")


def test_all_versions_of_a_sentence_fall_into_the_same_part() -> None:
    pairs = [Pair(f"version {v}", f"Sentence {n}.") for n in range(400) for v in range(3)]
    parts = [{pair.english for pair in part} for part in split(pairs)]
    assert sum(map(len, parts)) == 400
    assert all(parts)


def test_batches_hold_every_pair_once_with_inputs_of_one_length() -> None:
    pairs = [([1] * (n % 4 + 1), [n] * (n % 7 + 1)) for n in range(60)]
    batches = same_length_batches(pairs, pieces=20)
    assert sorted(pair[1][0] for batch in batches for pair in batch) == list(range(60))
    assert all(len({len(x) for x, _ in batch}) == 1 for batch in batches)
    assert all(len(batch) * max(len(y) for _, y in batch) <= 20 for batch in batches)


def test_the_learning_rate_rises_stays_and_falls() -> None:
    assert [factor(done, 1500) for done in (0, 0.1, 0.2, 0.5)] == [0, 0.5, 1, 1]
    assert factor(0.8, 1500) == pytest.approx(0.4)


def one_step(network: Network, optimizer: torch.optim.Optimizer) -> None:
    optimizer.zero_grad()
    network(torch.tensor([[1, 2, 3]]), None, torch.tensor([[2, 4, 0]])).square().mean().backward()
    optimizer.step()


def test_an_interrupted_training_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole, resumed = (tiny_network("encoder_decoder", "gru", seed=seed).requires_grad_() for seed in (0, 1))
    optimizers = [torch.optim.AdamW(n.parameters(), lr=0.1, fused=True) for n in (whole, resumed)]
    assert checkpoint.load(tmp_path / "c.safetensors", resumed, optimizers[1]) == Progress(0, 0.0)
    one_step(whole, optimizers[0])
    checkpoint.save(tmp_path / "c.safetensors", whole, optimizers[0], Progress(3, 41.5))
    assert checkpoint.load(tmp_path / "c.safetensors", resumed, optimizers[1]) == Progress(3, 41.5)
    for network, optimizer in zip((whole, resumed), optimizers, strict=True):
        one_step(network, optimizer)
    assert all(torch.equal(a, b) for a, b in zip(whole.parameters(), resumed.parameters(), strict=True))


def test_bleu_is_cased_and_counts_punctuation() -> None:
    reference = ["Do you want to sing with me?"]
    assert bleu(reference, reference) == pytest.approx(100)
    assert bleu(["do you want to sing with me ?"], reference) < 100


def test_the_invitation_of_the_lecture_is_translated(example: Translation) -> None:
    trace = example.trace(SING)
    assert trace.answer == "Do you want to sing with me?"
    assert (trace.T_x, trace.T_y) == (7, 9)


def test_sing_is_written_while_looking_at_chanter(example: Translation) -> None:
    trace = example.trace(SING)
    assert trace.attention is not None
    written = [output.label for output in trace.outputs]
    looked_at = trace.attention[written.index("▁sing")].argmax()
    assert trace.x_labels[looked_at].text == "▁chanter"


def test_evaluation_compares_the_variants_by_length(example: Translation, tmp_path: Path) -> None:
    file = tmp_path / "pairs.txt"
    file.write_text("I'm cold.\tJ'ai froid.\nDo you want to sing with me?\t" + SING + "\n", "utf-8")
    scores = measured_on(example, file, "attention")
    assert scores["sentences"] == 2
    assert scores["bleu"] == pytest.approx(scores["bleu_T_x_1_to_7"])
    file.write_text("\n")
    with pytest.raises(InvalidInput, match="nothing in it"):
        measured_on(example, file, "none")


@pytest.mark.parametrize("raw", ["elle est trop petit .", "elle est trop petit."])
def test_a_blank_before_a_full_stop_is_not_read(example: Translation, raw: str) -> None:
    assert [label.text for label in example.read(raw, "attention").labels][-2:] == ["▁petit", "."]


def test_what_goes_round_in_circles_is_named(example: Translation) -> None:
    trace = example.trace("chat")
    cat = example.pieces.indices("cat")
    outputs = tuple(trace.outputs[0].model_copy(update={"index": index}) for index in cat * 6)
    said = example.decode(trace.model_copy(update={"outputs": outputs}), example.variants["attention"])
    assert said == "cat cat cat cat cat cat… (it goes round: “cat”, 6 times)"
