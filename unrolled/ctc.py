"""Connectionist temporal classification: one class in every frame, read as a labelling without repeats and blanks.

A *path* has one class in each of the T frames. It collapses in two steps: equal neighbours become one, then every
blank goes; `a a _ a b b` reads `a a b`. So many paths read the same, and a labelling is as likely as all of its paths
together, given that frames are independent of one another (Graves et al., 2006, "Connectionist temporal
classification: labelling unsegmented sequence data with recurrent neural networks").
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

Labelling = tuple[int, ...]  # classes, none of them the blank


class Stretch(NamedTuple):
    """Name one label of a labelling, and its first and last frame in the path that says it."""

    label: int
    first: int
    last: int


def collapse(path: Sequence[int], blank: int) -> tuple[Stretch, ...]:
    """Join equal neighbours of a path (T,), and leave its blanks out."""
    found: list[Stretch] = []
    end = 0
    for label, frames in groupby(path):
        first, end = end, end + len(list(frames))
        if label != blank:
            found.append(Stretch(label, first, end - 1))
    return tuple(found)


def labelling_of(path: Sequence[int], blank: int) -> Labelling:
    """Say what a path (T,) reads."""
    return tuple(stretch.label for stretch in collapse(path, blank))


def log_probability(log_p: Tensor, labelling: Labelling, blank: int) -> Tensor:
    """Add up the probabilities of all paths that read a labelling; log_p (T, n_y), gives a scalar, -inf for none.

    Autograd follows it through the `log_softmax` that made log_p, as torch's `ctc_loss` demands.
    """
    frames, labels = torch.tensor([len(log_p)]), torch.tensor([len(labelling)])
    said = torch.tensor([labelling], dtype=torch.long)
    return -F.ctc_loss(log_p.unsqueeze(1), said, frames, labels, blank=blank, reduction="sum")


def align(log_p: np.ndarray, labelling: Labelling, blank: int) -> list[int]:
    """Find the likeliest path that reads a labelling; log_p (T, n_y), of which some path must read it.

    Viterbi's recursion over the 2 U + 1 places of the labelling with a blank around each of its U labels: a frame
    stays at its place, goes on by one, or skips a blank between two different labels.
    """
    places = np.full(2 * len(labelling) + 1, blank)
    places[1::2] = labelling
    skips = np.zeros(len(places), bool)
    skips[3::2] = places[3::2] != places[1:-2:2]
    best = np.full(len(places), -np.inf)
    best[:2] = log_p[0, places[:2]]
    back = np.zeros((len(log_p), len(places)), int)  # by how many places a frame has gone on
    for t in range(1, len(log_p)):
        one = np.concatenate(([-np.inf], best[:-1]))
        two = np.where(skips, np.concatenate(([-np.inf, -np.inf], best))[: len(best)], -np.inf)
        moves = np.stack((best, one, two))
        back[t] = moves.argmax(0)
        best = moves.max(0) + log_p[t, places]
    place = len(places) - len(best[-2:]) + int(best[-2:].argmax())  # the last label, or the blank after it
    path: list[int] = []
    for moved in back[::-1]:
        path.append(int(places[place]))
        place -= moved[place]
    return path[::-1]


class Beam(NamedTuple):
    """Hold some beginnings of labellings, and the log-probability of the paths that read each of them so far, (B,).

    Paths that end in a blank are counted apart, because only after a blank is the last label said once more.
    """

    beginnings: list[Labelling]
    in_blank: np.ndarray
    in_label: np.ndarray

    def grow(self, frame: np.ndarray, blank: int, width: int) -> "Beam":
        """Read one more frame, log-probabilities (n_y,), and keep the likeliest beginnings."""
        both = np.logaddexp(self.in_blank, self.in_label)
        same, longer = np.full(len(both), -np.inf), both[:, None] + frame  # (B,) and (B, n_y)
        longer[:, blank] = -np.inf
        said = [(row, beginning, beginning[-1]) for row, beginning in enumerate(self.beginnings) if beginning]
        for row, _, label in said:
            same[row] = self.in_label[row] + frame[label]
            longer[row, label] = self.in_blank[row] + frame[label]
        rows = {beginning: row for row, beginning in enumerate(self.beginnings)}
        for row, beginning, label in said:
            if (shorter := rows.get(beginning[:-1])) is not None:  # which would grow to one that is here already
                same[row] = np.logaddexp(same[row], longer[shorter, label])
                longer[shorter, label] = -np.inf
        in_blank = np.concatenate((both + frame[blank], np.full(longer.size, -np.inf)))
        in_label = np.concatenate((same, longer.ravel()))
        scores = np.logaddexp(in_blank, in_label)
        kept = np.argsort(-scores, kind="stable")[:width]
        kept = kept[scores[kept] > -np.inf]
        return Beam([self._named(int(i), len(frame)) for i in kept], in_blank[kept], in_label[kept])

    def _named(self, i: int, n_y: int) -> Labelling:
        """Name entry i: the beginnings as they were come first, then each with each class after it."""
        row, label = divmod(i - len(self.beginnings), n_y)
        return self.beginnings[i] if row < 0 else (*self.beginnings[row], label)


def prefix_beam(log_p: np.ndarray, blank: int, width: int) -> list[Labelling]:
    """Search for the likeliest labellings with `width` beginnings at a time, the likeliest first; log_p (T, n_y).

    Paths that read the same are added up while they grow (Hannun et al., 2014, "First-pass large vocabulary continuous
    speech recognition using bi-directional recurrent DNNs").
    """
    beam = Beam([()], np.zeros(1), np.full(1, -np.inf))
    for frame in log_p:
        beam = beam.grow(frame, blank, width)
    return beam.beginnings
