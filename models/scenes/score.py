"""Sentences of whole batches, and how many of them are right."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from models.scenes.world import END, WORDS, things_in
from unrolled import Network
from unrolled.network import as_hx, state_of

LONGEST = 22  # words, with the end


@torch.inference_mode()
def write_batch(network: Network, x: Tensor, limit: int = LONGEST) -> list[str]:
    """Let a network write a sentence for each x, (B, places, WIDTH), always taking the likeliest word."""
    assert network.read is not None and network.decoder is not None and network.feed_back is not None
    memory = network.places(x) if network.attention is not None else None
    fed, state, written = network.read(x).unsqueeze(1), None, []
    done = torch.zeros(len(x), dtype=torch.bool)
    while len(written) < limit and not done.all():
        out, after = network.decoder(fed.transpose(0, 1), None if state is None else as_hx(state))
        out, state = out.transpose(0, 1), state_of(after)
        if network.attention is not None and memory is not None:
            out, _ = network.attention(out, memory)
        written.append(network.head(out)[:, 0].argmax(-1).masked_fill(done, WORDS.index(END)))
        done |= written[-1] == WORDS.index(END)
        fed = network.feed_back(written[-1][:, None])
    return [sentence(row) for row in torch.stack(written, 1).tolist()]


def sentence(classes: Iterable[int]) -> str:
    """Join words up to the end."""
    words = [WORDS[index] for index in classes]
    return " ".join(words[: words.index(END)] if END in words else words)


def shares_right(written: Sequence[str], truth: Sequence[str]) -> dict[str, float]:
    """Measure how many sentences are right word for word, and how many name the right things."""
    count = max(1, len(truth))
    pairs = list(zip(written, truth, strict=True))
    exact = sum(said == true for said, true in pairs)
    things = sum(things_in(said.split()) == things_in(true.split()) for said, true in pairs)
    return {"exact": round(exact / count, 4), "things": round(things / count, 4)}
