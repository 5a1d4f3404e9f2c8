"""The scenes example: what is true of a scene, what the eye sees, what the networks say, and the files of scenes."""

import json
import random
import zipfile
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.files import BadLine
from models.inputs import Item, SceneSpec
from models.listing import GALLERY
from models.scenes.art import ROOT, Art, NotBuilt, rasterised
from models.scenes.example import ScenesExample
from models.scenes.eye import CLASSES, GRID
from models.scenes.files import Scenes, ScenesFormat, write
from models.scenes.look import Drawings, batch_of, lit, targets_of
from models.scenes.picture import PIXELS, compose
from models.scenes.sight import ACROSS, GAIN, OWN, ROWS, WIDTH, around, hats, mirrored, read_off, standing
from models.scenes.stage import held_out, scenes
from models.scenes.train import TAUGHT, UNSEEN, drawings_of
from models.scenes.world import NAMES, SIDE, WORDS, fact_of, indices, sentence_of, things_in
from unrolled import InvalidInput
from unrolled.source import Pixels, Rect

EXAMPLE = ScenesExample(GALLERY / "scenes")
SPEC = SceneSpec.model_validate(EXAMPLE.about.input.model_dump())
ITEMS = st.builds(
    Item, st.sampled_from(NAMES), st.floats(0, 100), st.floats(0, 100), st.floats(SPEC.smallest, SPEC.largest)
)
SOME = st.lists(ITEMS, min_size=1, max_size=SPEC.max_items)
CAT, TREE = Item("cat", 30, 50), Item("tree", 70, 55)


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([CAT], "a cat"),
        ([CAT._replace(size=1.5)], "a big cat"),
        ([Item("elephant", 50, 50, 0.6)], "a small elephant"),
        ([Item("elephant", 50, 50)], "an elephant"),
        ([TREE, CAT], "a cat left of a tree"),
        ([CAT, TREE._replace(x=5)], "a cat right of a tree"),
        ([CAT, Item("sun", 35, 10)], "a cat below a sun"),
        ([Item("sun", 35, 95), CAT], "a cat above a sun"),
        ([TREE, CAT._replace(x=62)], "a cat in front of a tree"),
        ([CAT._replace(x=62), TREE], "a cat behind a tree"),
        ([CAT, CAT._replace(x=70)], "two cats"),
        ([Item("fish", x, 50) for x in (10, 50, 90)], "three fish"),
        ([TREE, CAT, CAT._replace(y=80)], "two cats left of a tree"),
        ([CAT._replace(x=5), TREE, CAT._replace(x=45, y=90)], "two cats and a tree"),  # one is left, one below
        ([TREE, CAT._replace(x=62), CAT._replace(x=66)], "two cats in front of a tree"),
        ([CAT._replace(x=62), TREE, CAT._replace(x=66)], "two cats and a tree"),
        ([Item("sun", 32, 10), TREE, CAT], "a cat and a tree and a sun"),
    ],
)
def test_what_is_true_of_a_scene(items: list[Item], sentence: str) -> None:
    assert sentence_of(items) == sentence


@given(SOME)
def test_every_scene_has_a_sentence_that_the_network_could_write(items: list[Item]) -> None:
    written = indices(sentence_of(items))
    assert 0 < len(written) <= EXAMPLE.about.input.max_steps
    assert things_in(WORDS[word] for word in written) == {item.name for item in items}


@given(SOME)
def test_a_mirror_changes_left_into_right_and_nothing_else(items: list[Item]) -> None:
    fact, other = fact_of(items), fact_of([item._replace(x=100 - item.x) for item in items])
    swapped = {"left": "right", "right": "left"}
    if fact and other and len({item.x for item in items}) == len(items):
        assert other == fact._replace(relation=swapped.get(fact.relation, fact.relation))


def test_nothing_held_out_is_among_the_scenes_for_training() -> None:
    facts = [fact_of(items) for items in islice(scenes(random.Random(4)), 300)]
    assert any(facts) and not any(fact and held_out(fact) for fact in facts)
    unseen = [fact_of(items) for items in islice(scenes(random.Random(4), unseen=True), 50)]
    assert all(fact and held_out(fact) for fact in unseen)


def test_what_the_page_offers_is_what_the_sentences_know() -> None:
    assert (SPEC.names, SPEC.side, SPEC.width, SPEC.height) == (NAMES, SIDE, 100, 100)
    listed = json.loads((ROOT / "static" / "emoji.json").read_text("utf-8"))
    assert sorted(listed["things"]) == sorted(NAMES) and set(listed["vendors"]) == {*TAUGHT, UNSEEN}
    assert {variant["drawn"] for variant in EXAMPLE.variants.values()} <= set(listed["vendors"])


def test_drawings_that_are_not_built_are_said_to_be_missing_and_how_to_build_them() -> None:
    with pytest.raises(NotBuilt, match=r"the drawing of a cat is not there: `make serve`.*dist/nowhere/cat\.svg"):
        Art("/static/dist/nowhere/{name}.svg").drawing("cat")
    with pytest.raises(InvalidInput, match="no SVG"):
        rasterised(b"<html/>")


def colour(name: str) -> Image.Image:
    return Image.new("RGBA", (64, 64), name)


def test_the_last_thing_stands_in_front_and_all_is_where_it_should_be() -> None:
    there = [Item("cat", 30, 50), Item("sun", 40, 50), Item("tree", 95, 95, 0.5)]
    picture = compose(there, lambda item: colour({"cat": "red", "sun": "blue", "tree": "lime"}[item.name]))
    at = {name: picture.getpixel((round(x * PIXELS / 100), round(y * PIXELS / 100))) for name, x, y in
          (("left", 18, 50), ("both", 35, 50), ("corner", 96, 96), ("paper", 70, 20))}  # fmt: skip
    assert at == {"left": (255, 0, 0), "both": (0, 0, 255), "corner": (0, 255, 0), "paper": (255, 255, 255)}


def test_a_thing_is_turned_clockwise() -> None:
    flag = colour("white")
    flag.paste((0, 0, 0, 255), (0, 0, 64, 20))  # its top is black
    picture = np.asarray(compose([Item("cat", 50, 50, 2, 90)], lambda _: flag).convert("L"))
    middle, side = PIXELS // 2, PIXELS * 22 // 96
    assert picture[middle, middle + side] < 50 < 200 < picture[middle, middle - side]


def test_a_value_is_shared_among_two_neighbours_and_can_be_read_off_again() -> None:
    values = torch.rand(50) * 0.9 + 0.05
    shares = hats(values, ACROSS)
    assert torch.allclose(shares.sum(-1), torch.ones(50)) and bool(((shares > 1e-6).sum(-1) <= 2).all())
    assert torch.allclose(shares @ ACROSS, values, atol=1e-6)


def nothing_seen() -> torch.Tensor:
    seen = torch.zeros(1, GRID * GRID, CLASSES + 4)
    seen[..., 0] = 20
    return seen


def test_what_is_read_off_has_a_number_for_each_thing_and_part_of_the_paper() -> None:
    seen, tree = nothing_seen(), NAMES.index("tree")
    assert read_off(seen).shape == (1, ROWS * ROWS, WIDTH) and not read_off(seen).any()
    seen[0, GRID + 5, 1 + tree] = 40  # in the second row
    read = read_off(seen)[0, :, : len(NAMES) * OWN].unflatten(-1, (len(NAMES), OWN)).sum(-1)
    assert read.nonzero().tolist() == [[2, tree]]


def test_two_things_never_lie_in_one_place_and_equal_ones_are_counted() -> None:
    seen, cat = nothing_seen(), NAMES.index("cat")
    for place in (0, 2, 2 * GRID):  # all in the upper left of the paper
        seen[0, place, 1 + cat] = 40
    read = read_off(seen)[0]
    rows = read.any(1).nonzero().flatten()
    assert len(rows) == 3
    assert read[rows, -1].tolist() == [2 * GAIN] * 3


def test_a_middle_between_two_places_stands_in_one_and_two_things_in_two() -> None:
    seen, cat, dog = nothing_seen(), NAMES.index("cat"), NAMES.index("dog")
    seen[0, 30, 1 + cat], seen[0, 31, 1 + cat], seen[0, 32, 1 + dog] = 22.5, 23, 40
    there = standing(seen[..., :CLASSES])[0]
    assert there.nonzero().tolist() == [[31, cat], [32, dog]] and float(there[31, cat]) > 0.9


def test_what_stands_around_a_thing_is_seen_from_there() -> None:
    seen = around(torch.ones(1, 2), torch.tensor([[0.2, 0.6]]), torch.tensor([[0.5, 0.5]]), torch.tensor([[0.3, 0.3]]))
    assert seen[0, 0, 0] == 1 and seen[0, 1, 4] == 1  # to the right, and to the left
    assert seen[0, 0].sum() == seen[0, 1].sum() == 2  # one direction, one distance; nothing else


def test_a_mirror_image_is_seen_as_the_picture_is() -> None:
    seen = torch.randn(2, GRID * GRID, CLASSES + 4)
    assert torch.equal(mirrored(mirrored(seen)), seen)
    assert torch.equal(mirrored(seen)[:, 0, :CLASSES], seen[:, GRID - 1, :CLASSES])


def test_a_things_middle_lies_in_one_place() -> None:
    targets = targets_of([CAT, TREE])
    rows = targets[:, 0].nonzero()[0]
    assert rows.tolist() == [6 * GRID + 3, 6 * GRID + 8]
    assert targets[rows, 0].tolist() == [1 + NAMES.index("cat"), 1 + NAMES.index("tree")]


@pytest.mark.parametrize(("vendor", "least"), [("noto", 0.93), (UNSEEN, 0.6)])
def test_the_eye_knows_what_it_sees(vendor: str, least: float) -> None:
    pictures, targets = batch_of(list(islice(scenes(random.Random(6)), 60)), Drawings([drawings_of(vendor)]))
    with torch.inference_mode():
        found = EXAMPLE.eye(lit(pictures))[..., :CLASSES].argmax(-1)
    there = targets[..., 0] > 0
    assert float((found == targets[..., 0])[there].float().mean()) >= least


def lines(count: int) -> str:
    return write(islice(scenes(random.Random(8), unseen=True), count))


def read(tmp_path: Path, text: str, **files: bytes) -> Scenes:
    """Read a file of scenes, in an archive where other files come along."""
    path = tmp_path / "scenes"
    if not files:
        path.write_text(text)
        return ScenesFormat().read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("folder/scenes.jsonl", text)
        for name, data in files.items():
            archive.writestr(f"folder/{name.replace('_', '.')}", data)
    return ScenesFormat().read(path)


@pytest.mark.parametrize(("variant", "least"), [("attention-noto", 0.5), ("attention-emojione", 0.25)])
def test_most_sentences_about_unseen_pairs_are_right(variant: str, least: float, tmp_path: Path) -> None:
    measured = EXAMPLE.evaluate(read(tmp_path, lines(100)), EXAMPLE.variants[variant])
    assert least <= measured["exact"] <= measured["things"] <= 1


def test_drawings_in_an_archive_take_the_place_of_a_vendors(tmp_path: Path) -> None:
    text = lines(40)
    drawn = {f"{name}_svg": drawings_of("twemoji").path(name).read_bytes() for name in NAMES}
    own = EXAMPLE.evaluate(read(tmp_path, text, **drawn), EXAMPLE.variants["attention-noto"])
    assert own == EXAMPLE.evaluate(read(tmp_path, text), EXAMPLE.variants["attention-twemoji"])


def test_pictures_in_an_archive_are_looked_at(tmp_path: Path) -> None:
    compose([CAT, TREE], lambda item: drawings_of("noto").drawing(item.name)).resize((300, 300)).save(
        tmp_path / "a.png"
    )
    line = json.dumps({"picture": "a.png", "sentence": sentence_of([CAT, TREE])})
    contents = read(tmp_path, line, a_png=(tmp_path / "a.png").read_bytes())
    assert contents.shown[0].picture is not None and contents.shown[0].picture.size == (PIXELS, PIXELS)
    assert EXAMPLE.evaluate(contents, EXAMPLE.variants["attention-noto"])["things"] == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"items": [["unicorn", 1, 1]]}', "no 'unicorn'"),
        ('{"items": []}', "no things"),
        ('{"items": [["cat", 1, 1], ["cat", 9, 9], ["cat", 40, 9], ["cat", 9, 40]]}', "more than 3 things"),
        ('{"items": [["cat", "left", 1]]}', "no scene"),
        ('{"picture": "a.png", "sentence": "a cat"}', "in the archive"),
        ("a cat", "no scene"),
    ],
)
def test_a_line_that_is_no_scene_is_named(line: str, says: str, tmp_path: Path) -> None:
    good = '{"items": [["cat", 1, 1]]}'
    with pytest.raises(BadLine, match=says) as refused:
        read(tmp_path, f"{good}\n{line}\n")
    assert refused.value.line == 2


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("", "nothing is in the scene"),
        (";".join(["cat,9,9"] * 40), "40 things are too many; this example reads up to 3"),
        ("cat,50,101", "thing 1, cat, lies outside: x goes to 100, y to 100"),
        ("cat,50,50,9", "has the size 9; 0.5 to 1.75 are drawn"),
        ("unicorn,50,50", "there is no 'unicorn'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_limit(sent: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        EXAMPLE.trace(sent)


def test_the_answer_says_whether_the_sentence_is_right() -> None:
    trace = EXAMPLE.trace("tree,70,55,1.1;cat,28,58")
    assert trace.answer == "a cat left of a tree (right)"
    wrong = trace.model_copy(update={"outputs": trace.outputs[:2]})
    assert EXAMPLE.decode(wrong, EXAMPLE.variants["attention-noto"]) == "a cat; in truth: a cat left of a tree"


def test_a_word_looks_at_the_thing_that_it_tells_of() -> None:
    trace = EXAMPLE.trace("tree,70,55,1.1;cat,28,58")
    assert trace.attention is not None and trace.places is not None
    for step, item in ((0, Item("cat", 28, 58)), (-2, Item("tree", 70, 55))):  # "a", which is not "two", and "tree"
        looked = trace.places[int(trace.attention[step].argmax())].slice
        assert isinstance(looked, Rect) and looked.x <= PIXELS / 100 * item.x < looked.x + looked.width


def test_the_trace_holds_the_picture_and_its_places() -> None:
    trace = EXAMPLE.trace("cat,28,58", "attention-twemoji")
    assert isinstance(trace.source, Pixels) and trace.source.href.startswith("data:image/png;base64,")
    assert trace.attention is not None and trace.attention.shape == (trace.T_y, ROWS * ROWS)
    assert (trace.T_x, len(trace.places or ())) == (1, ROWS * ROWS)
    assert trace.reads == "pixels" and trace.writes == "words"
