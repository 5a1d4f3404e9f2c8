"""Watching any model leaves it as it was, and gives a trace of what it really computed."""

import copy
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrizations, prune

from tests.tutorials import TUTORIALS, Classifier, Forecaster, LanguageModel, SineWave, Tagger, ids, make, numbers
from unrolled import ConfigError, InvalidRequest, Trace, UnrolledError, watch

EVERY = pytest.mark.parametrize("name", TUTORIALS)
BOTH_MODES = pytest.mark.parametrize("training", [False, True], ids=["eval", "train"])


def sequence_of(name: str) -> int:
    return 0 if TUTORIALS[name][3][0] == "one_to_many" else 1


def hooks_of(model: nn.Module) -> list[int]:
    return [len(m._forward_hooks) + len(m._forward_pre_hooks) + len(m._backward_hooks) for m in model.modules()]


def run_alone(model: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    return getattr(model, options.get("method", "forward"))(*args)


def main_output(returned: Any) -> Tensor:
    if isinstance(returned, dict):
        return returned["logits"]
    if isinstance(returned, list):
        return torch.tensor(returned)
    return returned[0] if isinstance(returned, tuple) else returned


@EVERY
def test_the_topology_is_inferred_from_what_the_outputs_read(name: str) -> None:
    model, args, options = make(name)
    trace = watch(model, *args, sequence=sequence_of(name), **options).trace
    assert (trace.network.topology.kind, trace.T_x, trace.T_y) == TUTORIALS[name][3]
    assert [c.y for c in trace.columns if c.y is not None] == list(range(trace.T_y))


@EVERY
@BOTH_MODES
def test_what_is_recorded_is_what_the_model_computed(name: str, training: bool) -> None:
    model, args, options = make(name, training)
    watched = watch(model, *args, sequence=sequence_of(name), **options)
    error = watched.trace.check.max_abs_error
    assert error is not None
    assert error < 1e-6
    assert Trace.from_json(watched.trace.to_json()).to_json() == watched.trace.to_json()


@EVERY
@BOTH_MODES
def test_the_model_runs_as_it_would_by_itself(name: str, training: bool) -> None:
    model, args, options = make(name, training)
    sequence = sequence_of(name)
    torch.manual_seed(5)
    expected = main_output(run_alone(copy.deepcopy(model), args, options))
    random = torch.get_rng_state()
    torch.manual_seed(5)
    watched = watch(model, *args, sequence=sequence, **options)
    assert torch.equal(main_output(watched.returned), expected)
    assert torch.equal(torch.get_rng_state(), random)
    if options.get("method") == "sample":
        assert [output.index for output in watched.trace.outputs[:-1]] == expected.tolist()[:-1]
        return
    y_hat = (
        expected.detach()
        if options.get("output") == "identity"
        else expected.detach().softmax(1 if "before" in name else -1)
    )
    known = np.sort(y_hat.numpy().ravel())
    assert watched.trace.y_hat is not None
    found = np.abs(known[:, None] - watched.trace.y_hat.ravel()).min(0)
    assert found.max() < 1e-6


@EVERY
@BOTH_MODES
@pytest.mark.parametrize("fails", [False, True], ids=["runs", "fails"])
def test_a_model_is_left_as_it_was(name: str, training: bool, fails: bool) -> None:
    model, args, options = make(name, training)
    before, hooks = copy.deepcopy(model.state_dict()), hooks_of(model)
    modes = [m.training for m in model.modules()]
    if fails:
        with pytest.raises(UnrolledError):
            watch(model, *args, sequence=99, **options)
        with pytest.raises((TypeError, AttributeError)):
            watch(model, *args, "one argument too many", None, **options)
    else:
        watch(model, *args, **options)
    assert hooks_of(model) == hooks
    assert [m.training for m in model.modules()] == modes
    assert all(torch.equal(before[key], value) for key, value in model.state_dict().items())
    assert [p.grad for p in model.parameters()] == [None] * len(list(model.parameters()))


@pytest.mark.parametrize("sequence", range(3))
def test_each_sequence_of_a_packed_batch_has_its_own_steps_and_names(sequence: int) -> None:
    model, args, _ = make("tagger")
    trace = watch(model, *args, sequence=sequence, classes="A B C D E".split()).trace
    words, lengths = args
    T = int(lengths[sequence])
    assert [label.text for label in trace.x_labels] == [str(i) for i in words[:T, sequence].tolist()]
    alone = watch(model, words[:T, [sequence]], lengths[[sequence]]).trace
    for layer, other in zip(trace.layers, alone.layers, strict=True):
        np.testing.assert_allclose(layer.values["h"], other.values["h"], atol=1e-6)
    assert {output.label for output in trace.outputs} <= set("ABCDE")


MADE = {
    "weight_norm": parametrizations.weight_norm,
    "spectral_norm": parametrizations.spectral_norm,
    "spectral_norm, old": nn.utils.spectral_norm,
    "pruned": lambda module, name: prune.random_unstructured(module, name, 0.5),
}


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("name", ["classifier", "cells"])
@BOTH_MODES
def test_weights_that_are_made_are_those_that_ran(made: str, name: str, training: bool) -> None:
    model, args, options = make(name, training)
    module, weight = (model.rnn, "weight_hh_l0") if name == "classifier" else (model.first, "weight_hh")
    MADE[made](module, weight)
    before = copy.deepcopy(dict(model.named_buffers()))
    trace = watch(model, *args, **options).trace
    assert trace.check.max_abs_error is not None
    assert trace.check.max_abs_error < 1e-6
    assert all(torch.equal(before[key], value) for key, value in model.named_buffers())


@pytest.mark.parametrize(("dtype", "near"), [(torch.float64, 1e-12), (torch.bfloat16, 0.05), (torch.float16, 0.01)])
@pytest.mark.parametrize("name", ["forecaster", "cells", "classes before steps"])
def test_other_precisions_are_recorded_as_they_ran(dtype: torch.dtype, near: float, name: str) -> None:
    model, args, options = make(name)
    if name == "forecaster":
        model = Forecaster()
        model.forward = lambda x: model.linear(model.lstm(x)[0][:, -1])
    trace = watch(model.to(dtype), args[0].to(dtype), **options).trace
    assert trace.check.max_abs_error is not None
    assert trace.check.max_abs_error <= near


@pytest.mark.parametrize("name", ["classifier", "tagger", "cells"])
def test_autocast_is_watched_and_how_far_it_rounds_is_said(name: str) -> None:
    model, args, options = make(name)
    with torch.autocast("cpu", torch.bfloat16):
        trace = watch(model, *args, **options).trace
    assert trace.check.max_abs_error is not None
    assert trace.check.max_abs_error < 0.1


@pytest.mark.parametrize("surroundings", [torch.no_grad, torch.inference_mode])
def test_a_caller_who_has_no_gradients_on_can_watch(surroundings: Any) -> None:
    model, args, _ = make("classifier")
    with surroundings():
        if surroundings is torch.inference_mode:
            with pytest.raises(ConfigError, match="inference_mode"):
                watch(model, *args)
        else:
            assert watch(model.requires_grad_(False), *args).trace.T_y == 1


def test_classes_and_tokens_name_outputs_and_steps() -> None:
    model, args, _ = make("classifier")
    words = {i: f"word{i}" for i in range(20)}
    by_index = watch(model, *args, tokens=words, classes=["neg", "pos"]).trace
    by_word = watch(model, *args, tokens={word: i for i, word in words.items()}).trace
    listed = watch(model, *args, tokens=[[words[i] for i in row] for row in args[0].tolist()]).trace
    called = watch(model, *args, tokens=words.__getitem__).trace
    assert by_index.outputs[0].label in {"neg", "pos"}
    names = [f"word{i}" for i in args[0][0].tolist()]
    for trace in (by_index, by_word, listed, called):
        assert [label.text for label in trace.x_labels] == names


@pytest.mark.parametrize(
    ("run", "error", "says"),
    [
        (lambda: watch(SineWave(), numbers(2, 5)), ConfigError, "output="),
        (lambda: watch(Classifier(), ids(2, 5), sequence=2), InvalidRequest, "the batch holds 2"),
        (lambda: watch(Classifier(), ids(2, 5), classes=["one"]), InvalidRequest, "classes holds 1"),
        (lambda: watch(Classifier(), ids(2, 5), tokens=list("abcdef")), InvalidRequest, "tokens holds 6"),
        (lambda: watch(LanguageModel(), ids(2, 5), tokens=list("abcde")), InvalidRequest, "is batch_first right"),
        (lambda: watch(Classifier(), ids(2, 5), module="lstm"), ConfigError, "there are rnn"),
        (lambda: watch(Classifier(), ids(2, 5), output="argmax"), ConfigError, "softmax, sigmoid, identity"),  # type: ignore[arg-type]
        (lambda: watch(Classifier(), ids(2, 5), kind="tree"), ConfigError, "many_to_one"),  # type: ignore[arg-type]
        (lambda: watch(Classifier(), ids(2, 5), answer="logits"), ConfigError, "has no answer='logits'"),
        (lambda: watch(LanguageModel(), ids(5, 2), answer=1), ConfigError, "answer="),
        (lambda: watch(nn.Linear(2, 2), numbers(2, 2)), ConfigError, "nothing recurrent"),
        (lambda: watch(nn.GRU(2, 2), numbers(3, 2)), ConfigError, "answer=0"),
        (lambda: watch(len, 3), ConfigError, "takes an nn.Module"),  # type: ignore[arg-type]
        (lambda: watch(Tagger(), ids(5, 2), torch.tensor([5, 2]), method="generate"), ConfigError, "no method"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_asked_for_by_name(run: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        run()


def test_a_sigmoid_of_one_number_with_two_classes_is_the_second_one() -> None:
    model = nn.ModuleDict({"rnn": nn.GRU(3, 5), "fc": nn.Linear(5, 1)})
    model.forward = lambda x: model["fc"](model["rnn"](x)[0][-1]).sigmoid()
    x = numbers(4, 2, 3)
    trace = watch(model, x, classes=["neg", "pos"]).trace
    assert trace.y_hat is not None
    np.testing.assert_allclose(trace.y_hat[0, 1], model(x)[0].item(), atol=1e-6)
    assert trace.network.output == "softmax"


@EVERY
def test_every_run_has_a_still_picture(name: str) -> None:
    model, args, options = make(name)
    watched = watch(model, *args, **options)
    assert watched._repr_html_().startswith("<img ")
    assert repr(watched).startswith(f"Watched({TUTORIALS[name][3][0]}, ")


@pytest.mark.parametrize("name", ["attention, greedy", "attention, forced"])
def test_attention_is_a_row_of_weights_for_each_output(name: str) -> None:
    model, args, options = make(name)
    trace = watch(model, *args, sequence=1, **options).trace
    assert trace.attention is not None
    np.testing.assert_allclose(trace.attention, model(*args)[2][1].detach(), atol=1e-6)


@pytest.mark.parametrize(("name", "forced"), [("attention, greedy", False), ("attention, forced", True)])
def test_what_a_decoder_reads_after_each_output_is_dictated_unless_it_is_its_own(name: str, forced: bool) -> None:
    model, args, options = make(name)
    trace = watch(model, *args, sequence=1, **options).trace
    read = [output.index for output in trace.outputs[:-1]]
    if forced:
        assert read == args[1][1, :-1].tolist()
    assert any(output.forced for output in trace.outputs) == forced


def test_a_module_whose_runs_begin_twice_is_asked_for() -> None:
    class Siamese(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn, self.fc = nn.GRU(3, 5), nn.Linear(10, 2)

        def forward(self, one: Tensor, two: Tensor) -> Tensor:
            return self.fc(torch.cat((self.rnn(one)[0][-1], self.rnn(two)[0][-1]), -1))

    with pytest.raises(ConfigError, match="call=0"):
        watch(Siamese(), numbers(4, 1, 3), numbers(6, 1, 3))
    assert watch(Siamese(), numbers(4, 1, 3), numbers(6, 1, 3), call=1).trace.T_x == 6


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"answer": 0, "attention": 1}, "no weights over the 7 steps"),
        ({"answer": 0, "attention": 9}, "has no attention=9"),
        ({}, "answer=0 is a tensor"),
        ({"answer": 0, "module": "gru", "kind": "encoder_decoder"}, "runs 1 part: gru"),
    ],
)
def test_what_cannot_be_told_of_two_parts_is_asked_for(options: dict[str, Any], says: str) -> None:
    model, args, _ = make("attention, greedy")
    with pytest.raises(ConfigError, match=says):
        watch(model, *args, **options)


def test_drawn_letters_must_be_said_to_be_fed_back() -> None:
    model, args, _ = make("sampler")
    with pytest.raises(ConfigError, match="feedback=True"):
        watch(model, *args, method="sample", answer="fc")
