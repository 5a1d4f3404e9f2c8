"""Unrolling: exactly T_x columns read x, exactly T_y emit, and each state has seen what its wiring allows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unrolled import KINDS, ConfigError, LengthError, Topology, seen, unroll
from unrolled.topology import Direction, Kind, Part, Seen

LENGTHS = {
    "one_to_one": st.just((1, 1)),
    "one_to_many": st.tuples(st.integers(0, 1), st.integers(1, 30)),
    "many_to_one": st.tuples(st.integers(1, 30), st.just(1)),
    "many_to_many": st.integers(1, 30).map(lambda T: (T, T)),
    "encoder_decoder": st.tuples(st.integers(1, 30), st.integers(1, 30)),
}
allowed = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), LENGTHS[kind]))


@given(allowed)
def test_as_many_columns_read_and_emit_as_asked(case: tuple[Kind, tuple[int, int]]) -> None:
    kind, (T_x, T_y) = case
    columns = unroll(Topology(kind), T_x, T_y)
    assert [c.x for c in columns if c.reads == "x"] == list(range(T_x))
    assert [c.y for c in columns if c.emits] == list(range(T_y))
    assert [c.t for c in columns] == list(range(len(columns)))


@given(allowed)
def test_an_output_is_fed_back_only_to_the_next_column_of_a_decoder(case: tuple[Kind, tuple[int, int]]) -> None:
    kind, (T_x, T_y) = case
    columns = unroll(Topology(kind), T_x, T_y)
    for column in columns:
        if column.y_prev is not None:
            assert column.part == "decoder"
            assert columns[column.t - 1].y == column.y_prev
    fed = [c for c in columns if c.y_prev is not None]
    assert len(fed) == (T_y - 1 if "decoder" in Topology(kind).parts else 0)


@pytest.mark.parametrize(
    ("kind", "T_x", "T_y"),
    [
        ("one_to_one", 2, 1), ("one_to_many", 2, 3), ("one_to_many", 0, 0), ("many_to_one", 3, 2),
        ("many_to_one", 0, 1), ("many_to_many", 3, 4), ("encoder_decoder", 0, 1), ("encoder_decoder", 1, 0),
    ],
)  # fmt: skip
def test_lengths_that_a_kind_does_not_allow_are_refused(kind: Kind, T_x: int, T_y: int) -> None:
    with pytest.raises(LengthError, match=f"got T_x = {T_x} and T_y = {T_y}"):
        unroll(Topology(kind), T_x, T_y)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "many_to_few"},
        {"kind": "many_to_one", "layers": 0},
        {"kind": "many_to_one", "directions": 3},
        {"kind": "one_to_many", "directions": 2},
        {"kind": "many_to_one", "attention": "dot"},
        {"kind": "encoder_decoder", "attention": "hard"},
        {"kind": "many_to_many", "collapse": "hmm"},
        {"kind": "many_to_one", "collapse": "ctc"},
        {"kind": "encoder_decoder", "collapse": "ctc"},
    ],
)
def test_a_topology_that_cannot_exist_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        Topology(**wrong)


def spans(topology: Topology, T_x: int, T_y: int, part: Part, layer: int, direction: Direction) -> list[Seen]:
    columns = unroll(topology, T_x, T_y)
    return [seen(topology, T_x, c, layer, direction) for c in columns if c.part == part]


def test_a_forward_state_has_seen_the_beginning_and_a_backward_state_the_end() -> None:
    both = Topology("many_to_one", directions=2)
    assert [s.x for s in spans(both, 4, 1, "encoder", 0, "forward")] == [(0, 1), (0, 2), (0, 3), (0, 4)]
    assert [s.x for s in spans(both, 4, 1, "encoder", 0, "backward")] == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_from_the_second_layer_on_a_bidirectional_state_has_seen_everything() -> None:
    deep = Topology("many_to_many", layers=2, directions=2)
    assert {s.x for s in spans(deep, 5, 5, "encoder", 1, "forward")} == {(0, 5)}
    one_way = Topology("many_to_many", layers=2)
    assert [s.x for s in spans(one_way, 3, 3, "encoder", 1, "forward")] == [(0, 1), (0, 2), (0, 3)]


def test_a_decoder_state_has_seen_the_whole_input_and_the_outputs_fed_back_so_far() -> None:
    decoder = spans(Topology("encoder_decoder"), 3, 4, "decoder", 0, "forward")
    assert [s.x for s in decoder] == [(0, 3)] * 4
    assert [s.y for s in decoder] == [(0, 0), (0, 1), (0, 2), (0, 3)]
