"""What an example's folder says in JSON: read strictly; what is wrong is named, with its file and its field."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons import LESSONS
from models.description import BrokenFile, Description, TopologyPage
from models.variants import Axis, Choice, variants_of
from tests.tiny_gallery import VERDICT, WRITER

IDS = st.text("abc-", min_size=1, max_size=3)
AXES = st.lists(
    st.builds(
        lambda id_, choices: Axis(id=id_, label=id_, choices=tuple(Choice(id=c, label=c.upper()) for c in choices)),
        IDS,
        st.lists(IDS, min_size=1, max_size=3, unique=True),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda axis: axis.id,
)


def described(folder: Path, **changed: Any) -> Description:
    (folder / "example.json").write_text(json.dumps(VERDICT | changed))
    return Description.of(folder)


@given(AXES)
def test_every_choice_meets_every_choice_of_the_other_axes_once(axes: list[Axis]) -> None:
    variants = variants_of(axes)
    chosen = {tuple(variant[axis.id] for axis in axes) for variant in variants}
    assert len(chosen) == len(variants)
    for axis in axes:
        assert {variant[axis.id] for variant in variants} == {choice.id for choice in axis.choices}


@given(AXES)
def test_a_variant_is_a_mapping_from_axes_to_choices_with_an_id(axes: list[Axis]) -> None:
    for variant in variants_of(axes):
        assert list(variant) == [axis.id for axis in axes] and len(variant) == len(axes)
        assert variant.id == "-".join(variant.values())
        assert variant.label.lower() == ", ".join(variant.values())


def test_help_names_the_limits_that_stand_beside_it(tmp_path: Path) -> None:
    about = described(tmp_path, input=WRITER["input"] | {"help": "{max_length} letters in, {max_steps} out"})
    assert about.input.help == "5 letters in, 8 out"


def test_what_is_left_out_means_none(tmp_path: Path) -> None:
    about = described(tmp_path)
    assert about.decoding is None and about.alternatives == 5
    assert list(about.variants) == ["gru", "lstm"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": 7}, r"^example\.json: title: "),
        ({"colour": "red"}, r"^example\.json: colour: "),
        ({"topology_page": "one_to_one"}, r"^example\.json: topology_page: .*'one-to-one'"),
        ({"reads": "smells"}, r"^example\.json: reads: "),
        ({"axes": []}, r"^example\.json: axes: "),
        ({"axes": [{"id": "cell", "label": "Cell"}]}, r"^example\.json: axes\.0\.choices: "),
        ({"default_variant": "transformer"}, r"'transformer'; there are gru, lstm"),
        ({"input": {"kind": "smell"}}, r"^example\.json: input: .*'drawing'"),
        ({"input": {"kind": "text", "label": "a"}}, r"^example\.json: input\.text\.max_steps: "),
        (
            {"input": {"kind": "text", "label": "a", "max_steps": 1, "max_length": 1, "help": "{words} words"}},
            r"^example\.json: input: .*'words', which is no limit",
        ),
        ({"decoding": {"method": "guess"}}, r"^example\.json: decoding\.method: "),
    ],
)
def test_what_is_wrong_is_named_in_one_line_with_its_field(changed: dict[str, Any], says: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=says) as caught:
        described(tmp_path, **changed)
    assert "\n" not in str(caught.value)


def test_two_variants_of_one_id_are_refused(tmp_path: Path) -> None:
    def axis(*ids: str) -> dict[str, Any]:
        return {"id": ids[0], "label": "", "choices": [{"id": id_, "label": id_} for id_ in ids]}

    with pytest.raises(BrokenFile, match="two variants have one id"):
        described(tmp_path, axes=[axis("a", "a-b"), axis("c", "b-c")], default_variant="a-c")


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"\xff{")], ids=["missing", "no JSON"])
def test_a_file_that_is_not_there_or_no_json_is_named(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    described(tmp_path)
    spoil(tmp_path / "example.json")
    with pytest.raises(BrokenFile, match=r"^example\.json: "):
        Description.of(tmp_path)


def test_every_topology_page_that_an_example_may_name_exists() -> None:
    assert set(get_args(TopologyPage)) == set(LESSONS)
