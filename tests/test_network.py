"""Networks are built from a config, saved and loaded without pickle, and refuse what cannot be."""

from pathlib import Path
from typing import Any

import pytest
import torch
from pydantic import ValidationError
from safetensors.torch import save_file

from tests.helpers import present
from tests.tiny import FED_BACK, TOKENS, all_wirings, some_input, tiny_network, wiring_name
from unrolled import ConfigError, Embed, Network, NetworkConfig, WeightsError, record
from unrolled.network import Attention
from unrolled.topology import Kind

every_wiring = pytest.mark.parametrize("wiring", all_wirings()[::4], ids=wiring_name)


@every_wiring
def test_a_saved_network_comes_back_with_the_same_config_and_numbers(wiring: dict[str, Any], tmp_path: Path) -> None:
    network = tiny_network(**wiring)
    network.save(tmp_path / "w.safetensors", dtype=torch.float32)
    loaded = Network.load(tmp_path / "w.safetensors")
    assert loaded.config == network.config
    x = some_input(wiring["kind"])
    assert record(loaded, x, T_y=4).to_json() == record(network, x, T_y=4).to_json()


def test_a_network_loaded_in_inference_mode_can_still_back_propagate(tmp_path: Path) -> None:
    tiny_network("many_to_one").save(tmp_path / "w.safetensors")
    with torch.inference_mode():
        network = Network.load(tmp_path / "w.safetensors")
    assert present(record(network, [1, 2, 3], gradient=0).gradient).x.all()


def test_half_precision_files_are_half_the_size_and_run_in_single_precision(tmp_path: Path) -> None:
    network = tiny_network("many_to_one", hidden=64)
    network.save(tmp_path / "half.safetensors")
    network.save(tmp_path / "single.safetensors", dtype=torch.float32)
    ratio = (tmp_path / "half.safetensors").stat().st_size / (tmp_path / "single.safetensors").stat().st_size
    assert ratio < 0.55
    assert Network.load(tmp_path / "half.safetensors").head.weight.dtype == torch.float32


def broken_files(folder: Path) -> list[str]:
    good = folder / "good.safetensors"
    tiny_network("many_to_one").save(good)
    (folder / "noise.safetensors").write_bytes(b"not a safetensors file at all")
    (folder / "cut.safetensors").write_bytes(good.read_bytes()[:-40])
    save_file({"w": torch.zeros(2)}, folder / "configless.safetensors")
    config = '{"kind":"many_to_few"}'
    save_file({"w": torch.zeros(2)}, folder / "odd.safetensors", metadata={"unrolled.config": config})
    config = NetworkConfig(kind="many_to_one", cell="gru", hidden=3, n_y=2, read=TOKENS).model_dump_json()
    save_file({"w": torch.zeros(2)}, folder / "misfit.safetensors", metadata={"unrolled.config": config})
    return ["missing", "noise", "cut", "configless", "odd", "misfit"]


def test_an_unusable_weights_file_is_named_in_one_error(tmp_path: Path) -> None:
    for name in broken_files(tmp_path):
        with pytest.raises(WeightsError, match=f"{name}.safetensors"):
            Network.load(tmp_path / f"{name}.safetensors")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "many_to_one", "read": None},
        {"kind": "one_to_many", "read": None, "feed_back": None},
        {"kind": "many_to_one", "feed_back": FED_BACK},
        {"kind": "many_to_one", "end": 0},
        {"kind": "one_to_many", "read": Embed(size=3), "feed_back": FED_BACK},
        {"kind": "encoder_decoder", "output": "identity", "feed_back": FED_BACK},
        {"kind": "encoder_decoder", "output": "identity", "feed_back": Embed(size=4)},
        {"kind": "encoder_decoder", "feed_back": Embed(kind="tokens", count=4, size=4)},
        {"kind": "encoder_decoder", "feed_back": FED_BACK, "end": 5},
        {"kind": "many_to_one", "hidden": 0},
        {"kind": "many_to_one", "unknown": 1},
    ],
)
def test_a_config_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    base = {"cell": "gru", "hidden": 3, "n_y": 5, "read": TOKENS}
    with pytest.raises(ValidationError):
        NetworkConfig(**base | wrong)


def test_an_impossible_wiring_is_refused_when_the_network_is_built() -> None:
    with pytest.raises((ValidationError, ConfigError)):
        Network(NetworkConfig(kind="one_to_many", cell="gru", hidden=3, n_y=5, feed_back=FED_BACK, directions=2))


@pytest.mark.parametrize("wrong", [{"kind": "tokens"}, {"kind": "vector", "count": 3}, {"kind": "bag"}])
def test_an_embedding_has_a_count_exactly_when_it_reads_indices(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Embed(size=2, **wrong)


def test_a_bag_adds_up_its_rows_and_index_zero_adds_nothing() -> None:
    network = tiny_network("many_to_many", read=Embed(kind="bag", count=9, size=4))
    table = network.get_parameter("read.table.weight")
    torch.testing.assert_close(present(network.read)(torch.tensor([[2, 5, 0]]))[0], table[2] + table[5])
    assert record(network, [[1, 0], [2, 3]]).T_x == 2


@pytest.mark.parametrize("kind", ["many_to_one", "encoder_decoder"])
def test_padding_changes_nothing_when_lengths_are_given(kind: Kind) -> None:
    network = tiny_network(kind, directions=2, attention="dot" if kind == "encoder_decoder" else None)
    y = torch.tensor([[1, 2], [1, 2]])
    short = network(torch.tensor([[4, 7, 1]]), y=y[:1])
    padded = network(torch.tensor([[4, 7, 1, 8, 8], [1, 2, 3, 4, 5]]), torch.tensor([3, 5]), y)
    torch.testing.assert_close(padded[:1], short)


def test_training_reaches_every_weight() -> None:
    for wiring in all_wirings():
        network = tiny_network(**wiring).requires_grad_(True)
        x = some_input(wiring["kind"])
        y = torch.tensor([[1, 2, 3]])
        logits = network(None if x is None else torch.tensor([x]), y=y if network.decoder else None)
        logits.pow(2).sum().backward()
        idle = [n for n, p in network.named_parameters() if p.grad is None]
        assert not idle, (wiring, idle)


def test_the_dot_score_is_divided_by_the_root_of_a_state_s_size() -> None:
    torch.manual_seed(0)
    attention = Attention("dot", hidden=4, memory=9)
    states, memory = torch.randn(1, 2, 4), torch.randn(1, 3, 9)
    _, weights = attention(states, memory)
    for step in range(2):
        scores = [attention.query(states[0, step]) @ memory[0, t] / 3 for t in range(3)]
        assert torch.allclose(weights[0, step], torch.stack(scores).softmax(0), atol=1e-6)
