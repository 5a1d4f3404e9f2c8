"""Which of the sixteen phrases it was, if any: each is as likely as the network finds its letters."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.speech.phrases import PHRASES, spelled
from unrolled import Network

SURE = 0.5  # or less: it is none of the sixteen
NOTHING = ""  # what a network writes when it hears none of them
CANDIDATES = (*PHRASES, NOTHING)


@dataclass(frozen=True)
class Verdict:
    """Hold how likely each of the sixteen phrases is, (16,); what is left to 1 is for none of them."""

    p: np.ndarray

    @property
    def phrase(self) -> str:
        """Name the likeliest phrase."""
        return PHRASES[int(self.p.argmax())]

    @property
    def sure(self) -> float:
        """Say how likely that one is."""
        return float(self.p.max())

    @property
    def accepted(self) -> bool:
        """Say whether that is enough to call it so."""
        return self.sure > SURE


def of_frames(log_p: Tensor) -> Verdict:
    """Judge by the classes of frames, (T, n_y): a phrase is as likely as all paths that collapse to its letters."""
    frames = torch.full((len(CANDIDATES),), len(log_p))
    letters = [spelled(phrase) for phrase in CANDIDATES]
    lengths = torch.tensor([len(said) for said in letters])
    rows = log_p[:, None].expand(-1, len(CANDIDATES), -1)  # (T, 17, n_y)
    loss = F.ctc_loss(
        rows, torch.tensor([letter for said in letters for letter in said]), frames, lengths, reduction="none"
    )
    return _among(-loss)


@torch.inference_mode()
def of_writer(network: Network, x: Tensor) -> Verdict:
    """Judge by a network that writes, from what it reads, (T_x, n_x): how likely it writes each phrase and ends."""
    written = [[*spelled(phrase), 0] for phrase in CANDIDATES]
    longest = max(map(len, written))
    y = torch.tensor([[*letters, *[0] * (longest - len(letters))] for letters in written])  # (17, T_y)
    memory, state = network.encode(x[None])
    rows = len(CANDIDATES)
    states = tuple(s.expand(-1, rows, -1).contiguous() for s in state)
    log_p = network.teach(None, y, None, memory.expand(rows, -1, -1), states).log_softmax(-1)
    said = log_p.gather(-1, y[..., None])[..., 0]  # (17, T_y)
    real = torch.arange(longest) < torch.tensor([len(letters) for letters in written])[:, None]
    return _among(said.masked_fill(~real, 0).sum(-1))


def _among(log_p: Tensor) -> Verdict:
    """Share certainty out among the sixteen and nothing; (17,)."""
    return Verdict(log_p.softmax(-1)[:-1].numpy())


@torch.inference_mode()
def judge(network: Network, x: Tensor) -> Verdict:
    """Judge by either network, from what it reads, (T_x, n_x)."""
    if network.decoder is None:
        return of_frames(network(x[None])[0].log_softmax(-1))
    return of_writer(network, x)
