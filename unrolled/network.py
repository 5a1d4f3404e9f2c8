"""Networks for every topology, assembled from a small config; the weights live in plain `torch.nn` modules.

A network is embed -> recurrent layers -> head. One with a decoder also embeds its own outputs, which it reads
back one step later; one with attention looks at the encoder's states after each decoder step (Luong et al.,
2015, "global attention", with the score of Vaswani et al., 2017 (dot) or of Bahdanau et al., 2015 (additive)).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import torch
from pydantic import ValidationError
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from unrolled.cells import CELLS
from unrolled.config import NetworkConfig, OutputKind, Places
from unrolled.errors import ConfigError, WeightsError
from unrolled.scan import recurrent
from unrolled.topology import AttentionKind

CONFIG_KEY = "unrolled.config"
State = tuple[Tensor, ...]  # h, or h and c; each (layers, B, hidden)


def state_of(returned: Tensor | State) -> State:
    """Read the states that a torch module returned: an LSTM gives a pair, the others one tensor."""
    return returned if isinstance(returned, tuple) else (returned,)


def as_hx(state: State) -> Tensor | State:
    """Give states the form in which a torch module takes them."""
    h, *more = state
    return state if more else h


def real_steps(memory: Tensor, lengths: Tensor | None) -> Tensor | None:
    """Mark the steps of memory (B, T_x, m) that are not padding, (B, T_x); None if none is padded."""
    return None if lengths is None else torch.arange(memory.shape[1]) < lengths[:, None]


def activate(output: OutputKind, logits: Tensor) -> Tensor:
    """Turn logits into y_hat, (..., n_y)."""
    match output:
        case "softmax":
            return logits.softmax(-1)
        case "sigmoid":
            return logits.sigmoid()
        case "identity":
            return logits


def all_finite(path: Path, weights: Mapping[str, Tensor]) -> None:
    """Raise WeightsError, naming the file and the tensor, if a weight is NaN or infinite."""
    for name, weight in weights.items():
        if not weight.isfinite().all():
            raise WeightsError(f"{path}: {name} holds weights that are not finite (NaN or infinite)")


class Attention(nn.Module):
    """Look back at the encoder's states from one decoder state, and mix what is found into it."""

    def __init__(self, kind: AttentionKind, hidden: int, memory: int) -> None:
        super().__init__()
        self.kind = kind
        self.query = nn.Linear(hidden, hidden if kind == "additive" else memory, bias=False)
        self.key = nn.Linear(memory, hidden, bias=True) if kind == "additive" else nn.Identity()
        self.score = nn.Linear(hidden, 1, bias=False) if kind == "additive" else nn.Identity()
        self.combine = nn.Linear(hidden + memory, hidden)

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Attend from states (B, T_y, hidden) to memory (B, T_x, m); mask (B, T_x) is True where memory is real.

        Returns the mixed states (B, T_y, hidden) and the weights (B, T_y, T_x), each row adding up to 1.
        """
        if self.kind == "additive":
            # (B, T_y, 1, hidden) + (B, 1, T_x, hidden)
            scores = self.score(torch.tanh(self.query(states).unsqueeze(2) + self.key(memory).unsqueeze(1)))[..., 0]
        else:
            # A sum of m products grows with m; undivided, the largest score takes it all before anything is learnt.
            scores = self.query(states) @ memory.transpose(1, 2) / memory.shape[-1] ** 0.5
        if mask is not None:
            scores = scores.masked_fill(~mask.unsqueeze(1), float("-inf"))
        weights = scores.softmax(-1)
        return torch.tanh(self.combine(torch.cat((weights @ memory, states), -1))), weights


class Network(nn.Module):
    """Run any of the topologies; `forward` trains it in batches, `unrolled.record` watches one run of it."""

    def __init__(self, config: NetworkConfig, dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        self.topology = config.topology
        self.cell = CELLS[config.cell]
        self.dropout = nn.Dropout(dropout)
        self.read = config.read.build() if config.read else None
        self.feed_back = config.feed_back.build() if config.feed_back else None
        parts, width = self.topology.parts, config.hidden
        self.encoder = self.decoder = self.attention = None
        between = dropout if config.layers > 1 else 0.0
        if "encoder" in parts and config.read:
            bidirectional = config.directions == 2
            self.encoder = recurrent(
                self.cell, config.read.size, config.hidden, config.layers, bidirectional, dropout=between
            )
            width = config.hidden * config.directions
        if "decoder" in parts and config.feed_back:
            self.decoder = recurrent(self.cell, config.feed_back.size, config.hidden, config.layers, dropout=between)
        self.bridges = nn.ModuleDict()
        if config.kind == "encoder_decoder" and config.directions == 2:
            self.bridges.update({state: nn.Linear(2 * config.hidden, config.hidden) for state in self.cell.states})
        if config.attention:
            looked_at = config.read.size if self.encoder is None and config.read else width
            self.attention = Attention(config.attention, config.hidden, looked_at)
        self.head = nn.Linear(config.hidden if self.decoder else width, config.n_y)

    def forward(self, x: Tensor | None, lengths: Tensor | None = None, y: Tensor | None = None) -> Tensor:
        """Compute logits (B, T_y, n_y) for a batch.

        x (B, T_x, ...) as `read` takes it, or None; lengths (B,) of padded x, on the CPU. A decoder is
        trained by teacher forcing: y (B, T_y, ...) are the right outputs, which are fed back as `feed_back` takes them.
        """
        memory, state = None, None
        if self.encoder is not None:
            memory, state = self.encode(x, lengths)  # (B, T_x, directions * hidden)
        if self.decoder is None:
            assert memory is not None and state is not None
            out = memory if self.topology.answers_each_step else self.last(state).unsqueeze(1)
            return self.head(self.dropout(out))
        return self.teach(x, y, lengths, memory, state)

    def encode(self, x: Tensor | None, lengths: Tensor | None = None) -> tuple[Tensor, State]:
        """Run the encoder over a batch; gives its outputs (B, T_x, directions * hidden) and its last states."""
        assert self.encoder is not None and self.read is not None and x is not None
        inputs = self.dropout(self.read(x)).transpose(0, 1)  # (T_x, B, size)
        if lengths is None:
            out, state = self.encoder(inputs)
        else:
            packed, state = self.encoder(pack_padded_sequence(inputs, lengths, enforce_sorted=False))
            out, _ = pad_packed_sequence(packed, total_length=inputs.shape[0])
        return out.transpose(0, 1), state_of(state)

    def places(self, x: Tensor) -> Tensor | None:
        """Map the places of one x, (..., P, count), to what attention looks at, (..., P, size); None if x has none."""
        return self.read.each(x) if isinstance(self.read, Places) else None

    def last(self, state: State) -> Tensor:
        """Join the last states of the top layer: forward h[T_x-1] and backward h[0]; (B, directions * hidden)."""
        return torch.cat(tuple(state[0][-self.config.directions :]), -1)

    def hand_over(self, state: State) -> State:
        """Turn the encoder's last states into the decoder's first ones, each (layers, B, hidden)."""
        if not self.bridges:
            return state
        pairs = (s.view(self.config.layers, 2, -1, self.config.hidden) for s in state)  # (layers, 2, B, hidden)
        bridges = (self.bridges[name] for name in self.cell.states)
        return tuple(torch.tanh(b(torch.cat((p[:, 0], p[:, 1]), -1))) for b, p in zip(bridges, pairs, strict=True))

    def teach(
        self,
        x: Tensor | None,
        y: Tensor | None,
        lengths: Tensor | None,
        memory: Tensor | None,
        state: State | None,
    ) -> Tensor:
        """Run the decoder over known outputs (teacher forcing), all steps at once; gives logits (B, T_y, n_y)."""
        assert self.decoder is not None and self.feed_back is not None and y is not None
        fed = self.feed_back(y[:, :-1])  # (B, T_y - 1, size)
        first = fed.new_zeros(y.shape[0], 1, self.decoder.input_size)
        if state is None and x is not None and self.read is not None:
            first = self.read(x)  # one_to_many: the first column reads x, (B, 1, size)
            memory = self.places(x[:, 0]) if self.attention is not None else None
        inputs = self.dropout(torch.cat((first, fed), 1)).transpose(0, 1)
        out, _ = self.decoder(inputs, None if state is None else as_hx(self.hand_over(state)))
        out = out.transpose(0, 1)
        if self.attention is not None and memory is not None:
            out, _ = self.attention(out, memory, real_steps(memory, lengths))
        return self.head(self.dropout(out))

    def activate(self, logits: Tensor) -> Tensor:
        """Turn logits into y_hat, (..., n_y)."""
        return activate(self.config.output, logits)

    def save(self, path: Path, dtype: torch.dtype = torch.float16) -> None:
        """Write config and weights to one safetensors file; half precision by default, to keep the file small.

        Raises WeightsError if a weight is not finite, or too large for the precision.
        """
        weights = {name: w.detach().to(dtype).contiguous() for name, w in self.state_dict().items()}
        all_finite(path, weights)
        save_file(weights, path, metadata={CONFIG_KEY: self.config.model_dump_json(exclude_defaults=True)})

    @classmethod
    @torch.inference_mode(False)  # weights loaded in inference mode could never be part of a gradient
    def load(cls, path: Path) -> Self:
        """Read a network that `save` wrote, ready to be watched: single precision, no dropout, no gradients.

        Raises WeightsError, naming the file, if it is missing, broken, not finite, or does not fit its own config.
        """
        try:
            with safe_open(path, framework="pt") as file:
                config = NetworkConfig.model_validate_json((file.metadata() or {}).get(CONFIG_KEY, "null"))
                weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
            all_finite(path, weights)
            network = cls(config)
            network.load_state_dict(weights)
        except FileNotFoundError:
            raise WeightsError(f"{path}: there is no such weights file") from None
        except (SafetensorError, OSError) as error:
            raise WeightsError(f"{path}: not a readable safetensors file ({error})") from error
        except (ValidationError, ConfigError, json.JSONDecodeError) as error:
            raise WeightsError(f"{path}: its config does not describe a network: {error}") from error
        except RuntimeError as error:
            raise WeightsError(f"{path}: its weights do not fit its config: {error}") from error
        return network.eval().requires_grad_(False)
