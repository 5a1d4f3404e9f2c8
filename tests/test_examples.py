"""The whole gallery, found by listing it: every sample of every variant encodes, runs and decodes."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from models.example import Example, percent
from models.inputs import TextSpec
from models.listing import GALLERY, BrokenExample, example_folders, load_example, load_examples
from unrolled import InvalidInput, Trace

EXAMPLES = load_examples()
VARIANTS = [(slug, variant) for slug, example in EXAMPLES.items() for variant in example.variants]
PER_FOLDER = {"captions": 16e6, "translation": 12e6, "sentiment": 10e6, "entities": 7e6}  # bytes; 5 MB for others


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> Example:
    return EXAMPLES[request.param]


def test_the_gallery_holds_the_folders_with_an_example() -> None:
    assert list(EXAMPLES) == sorted(folder.name for folder in GALLERY.iterdir() if (folder / "example.py").exists())


@pytest.mark.parametrize(("slug", "variant"), VARIANTS)
def test_every_sample_encodes_runs_and_decodes(slug: str, variant: str) -> None:
    example = EXAMPLES[slug]
    for sample in (s for s in example.samples if s.variant in (None, variant)):
        trace = example.trace(sample.input, variant)
        assert trace.answer and len(trace.x_labels) == trace.T_x
        assert trace.check.max_abs_error is None or trace.check.max_abs_error < 1e-4


@pytest.mark.parametrize(("slug", "variant"), VARIANTS)
def test_every_output_has_a_label_of_its_own(slug: str, variant: str) -> None:
    example = EXAMPLES[slug]
    labels = example.y_labels(example.variants[variant])
    assert len(labels) == example.networks[variant].config.n_y == len(set(labels))


def test_the_default_trace_survives_the_wire(example: Example) -> None:
    sample = example.samples[0]
    trace = example.trace(sample.input, sample.variant)
    assert Trace.from_json(trace.to_json()).to_json() == trace.to_json()


def test_the_card_has_results_for_every_variant(example: Example) -> None:
    assert set(example.card.results) == set(example.variants)
    assert all(example.card.results.values()) and example.card.fails
    assert f"EXAMPLE={example.slug}" in example.card.evaluated_with


def test_there_are_three_to_eight_samples_of_known_variants(example: Example) -> None:
    assert 3 <= len(example.samples) <= 8
    assert {s.variant for s in example.samples} <= {None, *example.variants}


def test_the_folder_has_its_story_its_training_and_small_weights(example: Example) -> None:
    assert all((example.folder / name).is_file() for name in ("README.md", "train.py", "__init__.py"))
    weights = sum(file.stat().st_size for file in example.folder.glob("*.safetensors"))
    assert weights <= PER_FOLDER.get(example.slug, 5e6)


def test_a_blank_input_is_refused_with_the_way_out(example: Example) -> None:
    if example.about.input.required:
        says = r"nothing (to read|moves|is (drawn|recorded|chosen|in the scene))"
        with pytest.raises(InvalidInput, match=says):
            example.trace("  \n ")


def test_too_long_a_text_is_refused_with_its_length_and_the_limit(example: Example) -> None:
    spec = example.about.input
    if isinstance(spec, TextSpec):
        says = f"^{spec.max_length + 1} characters are too many; this example reads up to {spec.max_length}$"
        with pytest.raises(InvalidInput, match=says):
            example.trace("a" * (spec.max_length + 1))


def test_too_many_steps_are_refused_with_their_number_and_the_limit(example: Example) -> None:
    spec = example.about.input
    if isinstance(spec, TextSpec) and spec.kind == "text":
        sample = example.samples[0].input
        longer = " ".join([sample] * spec.max_length)[: spec.max_length]
        with pytest.raises(InvalidInput, match=f" are too many; this example reads up to {spec.max_steps}") as refused:
            example.trace(longer)
        assert spec.max_steps < int(str(refused.value).split()[0]) <= spec.max_length


@pytest.mark.parametrize("raw", ["🙂", "\u200b", "\x00", "電影", "’“", "a" * 200, "0", "-", "NULL", "<b>&amp;"])
def test_strange_input_is_read_or_refused_but_never_breaks(example: Example, raw: str) -> None:
    try:
        answer = example.trace(raw).answer
    except InvalidInput as refusal:
        answer = str(refusal)
    assert answer


def test_what_steps_and_outputs_are_is_said(example: Example) -> None:
    sample = example.samples[0]
    trace = example.trace(sample.input, sample.variant)
    assert (trace.reads is None) == (trace.T_x == 0)
    assert trace.writes is not None
    assert all((label.value is not None) == (trace.reads == "numbers") for label in trace.x_labels)
    assert (trace.spans is not None) == (trace.writes in ("tags", "notes"))
    assert (trace.sheet is not None) == (trace.writes == "notes")


def test_the_answer_does_not_depend_on_how_many_alternatives_are_listed(example: Example) -> None:
    sample = example.samples[-1]
    answers = {example.trace(sample.input, sample.variant, top_k=top_k).answer for top_k in (1, 2, 20)}
    assert len(answers) == 1


def test_no_weights_file_is_left_over(example: Example) -> None:
    assert {f"{name}.safetensors" for name in example.weights} <= {f.name for f in example.folder.iterdir()}


def test_all_weights_together_stay_below_sixty_megabytes() -> None:
    assert sum(file.stat().st_size for file in GALLERY.glob("*/*.safetensors")) <= 60e6


@pytest.fixture
def copied_gallery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy one example into a gallery of its own, which can be broken."""
    gallery = tmp_path / "copied_gallery"
    shutil.copytree(EXAMPLES["names"].folder, gallery / "spoiled")
    (gallery / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [n for n in sys.modules if n.startswith("copied_gallery")]:
        monkeypatch.delitem(sys.modules, name)
    return gallery


def test_a_copied_folder_is_a_new_example(copied_gallery: Path) -> None:
    assert list(load_examples(copied_gallery)) == ["spoiled"]


ABSTRACT = """
from models.example import Example

class Unfinished(Example):
    pass

EXAMPLE = Unfinished
"""


class Surprise(Exception):
    """Is an error that nobody lists."""


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("example.py", "EXAMPLE = undefined\n"),
        ("example.py", "def broken(:\n"),
        ("example.py", "import no_such_module\n"),
        ("example.py", "from tests.test_examples import Surprise\nraise Surprise('of\\nits own')\n"),
        ("example.py", "EXAMPLE = None\n"),
        ("example.py", "EXAMPLE = str\n"),
        ("example.py", ""),
        ("example.py", ABSTRACT),
        ("example.json", "{}"),
        ("example.json", "not JSON"),
        ("card.json", "{}"),
        ("card.json", "{"),
        ("samples.json", "[1]"),
        ("lstm.safetensors", "not weights"),
    ],
)
def test_a_broken_folder_is_named_in_one_line(copied_gallery: Path, file: str, content: str) -> None:
    (copied_gallery / "spoiled" / file).write_text(content)
    with pytest.raises(BrokenExample, match=f"^models/spoiled: .*{re.escape(file)}") as caught:
        load_example(copied_gallery / "spoiled")
    assert "\n" not in str(caught.value)


def test_an_example_that_lacks_methods_is_told_which(copied_gallery: Path) -> None:
    (copied_gallery / "spoiled" / "example.py").write_text(ABSTRACT)
    with pytest.raises(BrokenExample, match="Unfinished has to define decode, encode, evaluate, y_labels"):
        load_example(copied_gallery / "spoiled")


def test_a_missing_weights_file_is_named(copied_gallery: Path) -> None:
    (copied_gallery / "spoiled" / "gru.safetensors").unlink()
    with pytest.raises(BrokenExample, match=r"gru\.safetensors"):
        load_examples(copied_gallery)


def test_a_folder_without_an_example_is_no_example(copied_gallery: Path) -> None:
    (copied_gallery / "spoiled" / "example.py").unlink()
    assert example_folders(copied_gallery) == []


def test_the_readme_tells_what_to_look_for(example: Example) -> None:
    assert example.guide.count("\n- ") >= 2
    assert "## " not in example.guide


def test_variants_are_named_as_the_buttons_name_them(example: Example) -> None:
    names = [variant.label for variant in example.variants.values()]
    assert all(names) and len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("p", "written"),
    [
        (0.706, "71 %"),
        (1, "100 %"),
        (0.9962, "99.6 %"),
        (0.9995, "100 %"),
        (0.004, "0.4 %"),
        (0.0001, "< 0.1 %"),
        (0, "0 %"),
    ],
)
def test_an_answer_writes_a_probability_as_the_page_does(p: float, written: str) -> None:
    assert percent(p) == written  # the cases of static/src/core/scales.test.ts
