"""The adding problem: how it is typed, drawn and filed, and that gated cells carry a number where an RNN does not."""

from pathlib import Path

import numpy as np
import pytest

from models.adding.example import EXAMPLE, Adding
from models.adding.problems import AddingProblem, draw, parse_problem, read_problems
from unrolled import InvalidInput

FOLDER = Path(__file__).parent.parent / "models" / "adding"


@pytest.fixture(scope="module")
def example() -> Adding:
    return EXAMPLE(FOLDER)


def test_marks_and_numbers_survive_being_written_and_read() -> None:
    problem = draw(30, np.random.default_rng(4))
    assert parse_problem(" ".join(problem.words)) == problem
    assert problem.rows.shape == (30, 2)
    assert problem.rows[:, 1].nonzero()[0].tolist() == list(problem.marked)


def test_drawn_problems_have_a_mark_in_each_half() -> None:
    rng = np.random.default_rng(0)
    for T_x in (2, 3, 7, 200):
        first, second = draw(T_x, rng).marked
        assert 0 <= first < T_x // 2 <= second < T_x


def test_commas_are_spaces() -> None:
    assert parse_problem("0.5*, 1, .25*") == AddingProblem((0.5, 1.0, 0.25), (0, 2))
    assert parse_problem("0.5*, 1, .25*").total == 0.75


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("0.1 0.2* 0.3", "mark exactly two"),
        ("0.1* 0.2* 0.3*", "mark exactly two"),
        ("0.1 0.2* 0.3", "1 number is marked"),
        ("0,1* 0,25 0,3*", "decimals with a point"),
        ("0.1* zero 0.3*", "'zero' is not a number"),
        ("0.1* 700 0.3*", "between 0 and 1"),
        ("0.1* nan 0.3*", "between 0 and 1"),
        ("random 201", "^201 numbers are too many; this example reads up to 200$"),
        ("random 1", "1 is too few; .* 2 or more"),
        ("0.1* 0.2* " + "0.3 " * 199, "201 numbers are too many; this example reads up to 200"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(example: Adding, raw: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        example.read(raw, "lstm")


def test_a_drawn_input_depends_on_its_seed_alone(example: Adding) -> None:
    labels = [example.read(f"random 20 seed {seed}", "lstm").labels for seed in (1, 1, 2)]
    assert len(labels[0]) == 20
    assert labels[0] == labels[1] != labels[2]


def test_gated_cells_carry_a_number_over_two_hundred_steps_and_a_plain_one_does_not(example: Adding) -> None:
    problems = [(problem, problem.total) for problem in (draw(200, np.random.default_rng(s)) for s in range(60))]
    error = {v: float((example.errors(problems, variant) ** 2).mean()) for v, variant in example.variants.items()}
    assert max(error["lstm"], error["gru"]) < 0.005
    assert error["rnn"] > 0.03


def test_gradient_reaches_the_first_number_in_the_lstm_only(example: Adding) -> None:
    strips = {v: example.trace("random 200 seed 5", v, gradient=0).gradient for v in ("rnn", "lstm")}
    kept = {variant: strip.h[0][20] / strip.h[0][-1] for variant, strip in strips.items() if strip}
    assert kept["lstm"] > 10 * kept["rnn"]


def test_answer_stands_beside_the_right_one(example: Adding) -> None:
    trace = example.trace("0.31 0.72* 0.05 0.44*")
    assert (trace.T_x, trace.T_y) == (4, 1)
    assert trace.answer.endswith("(right: 1.16)")
    assert float(trace.answer.split()[0]) == pytest.approx(1.16, abs=0.15)


def test_evaluation_reads_numbers_and_sums(example: Adding) -> None:
    measured = example.evaluate("0.5* 0.1 0.25*\t0.75\n0.5* 0.25*\t9\n", example.variants["lstm"])
    assert measured["mse_T_x_3"] < 0.05
    assert measured["mse_T_x_2"] > 60
    with pytest.raises(InvalidInput, match="line 1: no tab"):
        read_problems("0.5* 0.1 0.25* 0.75\n")
