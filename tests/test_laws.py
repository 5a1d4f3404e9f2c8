"""Laws that hold for every trace of the gallery: what it says is the run, and nothing but the run."""

import json
import math
from functools import cache
from typing import Any

import jsonschema
import numpy as np
import pytest
import torch
from torch import Tensor

from models.example import Example
from models.listing import load_examples
from unrolled import Decoding, Force, Network, Trace
from unrolled.trace import Output

EXAMPLES = load_examples()
VARIANTS = [(slug, variant) for slug, example in EXAMPLES.items() for variant in example.variants]
# The places that a network without an encoder looks at are not in a trace; tests/test_places.py has that law.
RECORDED = [(slug, v) for slug, v in VARIANTS if (n := EXAMPLES[slug].networks[v]).attention is None or n.encoder]
WRITERS = [(slug, v) for slug, v in VARIANTS if EXAMPLES[slug].networks[v].decoder is not None]
DECODINGS = (
    Decoding(method="greedy"),
    Decoding(method="sample", temperature=0.8, seed=3),
    Decoding(method="sample", temperature=1.5, seed=8),
    Decoding(method="beam", width=3),
)
EXACT: dict[str, Any] = {"rtol": 1e-5, "atol": 1e-5}


@cache
def runs(slug: str, variant: str) -> tuple[Trace, ...]:
    """Record every sample that this variant reads, with the gradients of its last output."""
    samples = (s for s in EXAMPLES[slug].samples if s.variant in (None, variant))
    return tuple(EXAMPLES[slug].trace(sample.input, variant, gradient=-1) for sample in samples)


def tops(trace: Trace, part: str) -> Tensor:
    """Collect the states of the last layer as recorded, both directions side by side, (T, directions * hidden)."""
    last = trace.network.topology.layers - 1
    states = [layer.values["h"] for layer in trace.layers if layer.part == part and layer.layer == last]
    return torch.from_numpy(np.concatenate(states, axis=-1))


def said_by_the_head(network: Network, trace: Trace) -> np.ndarray:
    """Work y_hat (T_y, n_y) out of what the trace has recorded, and of nothing else."""
    match trace.network.topology.kind:
        case "many_to_many" | "one_to_one":
            top = tops(trace, "encoder")
        case "many_to_one":
            states, hidden = tops(trace, "encoder"), trace.network.hidden
            top = torch.cat((states[-1, :hidden], states[0, hidden:]))[None]
        case _:
            top = tops(trace, "decoder")
    if network.attention is not None:
        found = torch.tensor(trace.attention) @ tops(trace, "encoder")
        top = torch.tanh(network.attention.combine(torch.cat((found, top), -1)))
    with torch.inference_mode():
        return network.activate(network.head(top)).numpy()


def numbers(output: Output, n_y: int) -> tuple[float, ...]:
    """Give all numbers of an output, in the network's order."""
    by_index = {alternative.index: alternative.p for alternative in output.alternatives}
    return tuple(by_index[i] for i in range(n_y))


@pytest.mark.parametrize("slug", EXAMPLES)
def test_no_example_has_a_trace_of_its_own(slug: str) -> None:
    own = [cls for cls in type(EXAMPLES[slug]).__mro__ if cls is not Example and "trace" in vars(cls)]
    assert own == []


@pytest.mark.parametrize(("slug", "variant"), RECORDED)
def test_every_output_is_what_the_head_makes_of_the_recorded_states(slug: str, variant: str) -> None:
    for trace in runs(slug, variant):
        y_hat = said_by_the_head(EXAMPLES[slug].networks[variant], trace)
        if trace.y_hat is not None:
            np.testing.assert_allclose(trace.y_hat, y_hat, **EXACT)
        for row, output in zip(y_hat, trace.outputs, strict=True):
            listed = [(row[a.index], a.p) for a in output.alternatives]
            rows, alternatives = zip(*listed, strict=True)
            np.testing.assert_allclose(rows, alternatives, **EXACT)
            if output.index is not None:
                assert output.p == pytest.approx(row[output.index], abs=1e-5)


def assert_same_run(one: Trace, other: Trace) -> None:
    assert [o.label for o in one.outputs] == [o.label for o in other.outputs]
    assert [o.value for o in one.outputs] == [o.value for o in other.outputs]
    for a, b in zip(one.layers, other.layers, strict=True):
        np.testing.assert_allclose(a.values["h"], b.values["h"], **EXACT)


@pytest.mark.parametrize("decoding", DECODINGS, ids=lambda d: f"{d.method}-{d.temperature:g}")
@pytest.mark.parametrize(("slug", "variant"), WRITERS)
def test_forcing_what_was_chosen_changes_nothing(slug: str, variant: str, decoding: Decoding) -> None:
    example = EXAMPLES[slug]
    sample = example.samples[0].input
    trace = example.trace(sample, variant, decoding=decoding)
    n_y = trace.network.n_y
    chosen = [o.index if o.index is not None else numbers(o, n_y) for o in trace.outputs]
    again = [Force(step=step, y=y) for step, y in enumerate(chosen) if not trace.outputs[step].forced]
    assert_same_run(trace, example.trace(sample, variant, decoding=decoding, interventions=again))
    if decoding.method != "beam":  # which would go on searching from there, with all of its width
        assert_same_run(trace, example.trace(sample, variant, decoding=decoding, interventions=again[:1]))


@pytest.mark.parametrize(("slug", "variant"), VARIANTS)
def test_a_gradient_is_of_the_output_that_it_names(slug: str, variant: str) -> None:
    for trace in runs(slug, variant):
        assert trace.gradient is not None
        if trace.gradient.y is None:  # of all that is read: outputs that collapse have one score together
            assert trace.readings is not None
            label, own = trace.readings[0].text, math.log(trace.readings[0].p)
        else:
            output = trace.outputs[trace.gradient.y]
            label = output.label
            own = math.log(output.p) if output.index is not None else sum(numbers(output, trace.network.n_y))
        assert trace.gradient.label == label
        assert trace.gradient.score == pytest.approx(own, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize(("slug", "variant"), VARIANTS)
def test_the_running_answer_ends_at_the_answer(slug: str, variant: str) -> None:
    for trace in runs(slug, variant):
        if trace.running is None:
            continue
        last, output = trace.running[-1], trace.outputs[0]
        assert (last.index, last.p, last.value) == (output.index, pytest.approx(output.p, abs=1e-5), output.value)
        assert [a.label for a in last.alternatives] == [a.label for a in output.alternatives]


@pytest.mark.parametrize(("slug", "variant"), VARIANTS)
def test_every_trace_keeps_to_its_schema(slug: str, variant: str) -> None:
    checker = jsonschema.Draft202012Validator(Trace.json_schema())
    for trace in runs(slug, variant)[:2]:
        checker.validate(json.loads(trace.to_json(digits=4)))


@pytest.mark.parametrize(("slug", "variant"), VARIANTS)
def test_a_unit_stands_beside_the_networks_own_numbers(slug: str, variant: str) -> None:
    for trace in runs(slug, variant):
        valued = [output.value is not None for output in (*trace.outputs, *(trace.running or ()))]
        assert set(valued) == {trace.unit is not None}
        assert trace.truth is None or len(trace.truth) == trace.T_y
