"""What the writer reads of a picture: for each place what stands there, and what stands around it, seen from there.

Nothing here is learned. A number stands for one thing in one part of the paper, or in one direction from the place, so
that the mean over all places still says what is where, and attention finds in a place all that a word needs.
"""

import math

import torch
from torch import Tensor, nn

from models.scenes.eye import CLASSES, GRID, NOTHING, Eye, corners
from models.scenes.world import NAMES, SIDE

ACROSS = torch.linspace(0.05, 0.95, 6)  # of the paper: where the parts of it have their middles, each way
SIZES = torch.tensor([math.log(size) for size in (0.6, 1.0, 1.55)])
DIRECTIONS = 8
APART = torch.tensor((0.4, 0.7, 1.0, 2.0))  # of the mean side of two things
OWN = 2 * len(ACROSS) + len(SIZES) + 1
AROUND = DIRECTIONS + len(APART)
WIDTH = len(NAMES) * OWN + OWN + AROUND + 1  # the last ones say the same of whatever thing it is
ROWS = 6  # of places that the writer reads, each 2 x 2 of the eye's
MOST = 5  # things that are read off; where the eye sees more, the surest
GAIN = 16.0  # a thing lies in one place of many: their mean would be small
DOUBT, SURE = 0.3, 0.6  # how sure the eye has to be of a thing for it to be there a little, and altogether


def hats(values: Tensor, knots: Tensor) -> Tensor:
    """Share each value, (...,), among its two neighbours of the knots, (k,); gives (..., k), whose rows add up to 1."""
    held = values.clamp(float(knots[0]), float(knots[-1])).unsqueeze(-1)
    wide = torch.diff(knots)
    rising = ((held - knots[:-1]) / wide).clamp(0, 1)  # (..., k - 1)
    ones = torch.ones_like(held)
    return torch.cat((ones, rising), -1) - torch.cat((rising, torch.zeros_like(held)), -1)


def standing(logits: Tensor) -> Tensor:
    """Decide which things are where: (B, places, CLASSES) -> (B, places, things), from 0 to 1.

    The eye is often unsure in which of two places a middle lies, so the neighbours of a place are added to it, and the
    surest of them stands for all; and unsure what it is, so the likeliest thing of a place stands for all that may be.
    """
    prior = torch.zeros(CLASSES)
    prior[0] = -math.log(NOTHING)  # it counted less than it is common
    maps = (logits + prior).softmax(-1)[..., 1:].transpose(1, 2).unflatten(-1, (GRID, GRID))
    sure = 9 * nn.functional.avg_pool2d(maps, 3, 1, 1) * (maps >= nn.functional.max_pool2d(maps, 3, 1, 1))
    some = ((sure.sum(1, keepdim=True) - DOUBT) / (SURE - DOUBT)).clamp(0, 1)
    likeliest = sure >= sure.amax(1, keepdim=True)
    return (likeliest * some).flatten(2).transpose(1, 2)


def around(there: Tensor, x: Tensor, y: Tensor, side: Tensor) -> Tensor:
    """Say in which directions and how far from each of some things, (B, n), the others are: (B, n, AROUND).

    It does not say what they are: else pairs of things would be learned by heart, and others not be told of.
    """
    dx, dy = (place.unsqueeze(1) - place.unsqueeze(2) for place in (x, y))  # (B, from, to)
    turn = torch.atan2(dy, dx) / (2 * math.pi / DIRECTIONS)  # in eighths
    steps = (turn.unsqueeze(-1) - torch.arange(DIRECTIONS) + DIRECTIONS / 2) % DIRECTIONS - DIRECTIONS / 2
    far = torch.hypot(dx, dy) / ((side.unsqueeze(1) + side.unsqueeze(2)) / 2)
    how = torch.cat(((1 - steps.abs()).clamp(min=0), hats(far, APART)), -1)
    others = (1 - torch.eye(x.shape[1])).unsqueeze(-1)
    return torch.einsum("bpqk,bq->bpk", how * others, there) * there.unsqueeze(-1)


def read_off(seen: Tensor) -> Tensor:
    """Turn what the eye saw, (B, GRID * GRID, SEEN), into what the writer reads, (B, ROWS * ROWS, WIDTH)."""
    everywhere = standing(seen[..., :CLASSES])
    found = everywhere.sum(-1).topk(MOST).indices  # (B, MOST)
    there = everywhere.gather(1, found.unsqueeze(-1).expand(-1, -1, len(NAMES)))
    rows = found.unsqueeze(-1).expand(-1, -1, 4)
    size, dx, dy, covered = seen[..., CLASSES:].gather(1, rows).unbind(-1)  # each (B, MOST)
    x, y = (corners()[found] + torch.stack((dx, dy), -1) / GRID).unbind(-1)
    covered = one_of_two(covered, x, y, there.sum(-1))
    own = torch.cat((hats(x, ACROSS), hats(y, ACROSS), hats(size, SIZES), covered.sigmoid().unsqueeze(-1)), -1)
    each = there.unsqueeze(-1) * own.unsqueeze(-2)  # (B, MOST, things, OWN)
    sees = around(there.sum(-1).clamp(max=1), x, y, SIDE / 100 * size.exp())
    others = (there @ there.transpose(1, 2)).sum(-1, keepdim=True) - there.square().sum(-1, keepdim=True)  # equal ones
    read = GAIN * torch.cat((each.flatten(-2), each.sum(-2), sees, others), -1)  # (B, MOST, WIDTH)
    places = seen.new_zeros(len(seen), ROWS * ROWS, WIDTH)
    return places.scatter(1, apart_from_each_other(x, y).unsqueeze(-1).expand_as(read), read)


def one_of_two(covered: Tensor, x: Tensor, y: Tensor, there: Tensor) -> Tensor:
    """Compare for each of some things, all (B, n), the logit that it is covered with that of its nearest one.

    Of two things that touch one is covered, so that the eye has judged twice: what it is surer of decides.
    """
    far = torch.hypot(x.unsqueeze(1) - x.unsqueeze(2), y.unsqueeze(1) - y.unsqueeze(2))
    far = far + torch.where(there > 0, 0.0, math.inf).unsqueeze(1) + torch.diag(torch.full((x.shape[1],), math.inf))
    nearest = far.min(-1)
    other = covered.gather(1, nearest.indices)
    return torch.where(nearest.values.isinf(), covered, (covered - other) / 2)


def apart_from_each_other(x: Tensor, y: Tensor) -> Tensor:
    """Give each of some things, (B, n) shares of the paper, the nearest of the writer's places that is still free."""
    steps = (torch.arange(ROWS) + 0.5) / ROWS
    far = (x[..., None, None] - steps) ** 2 + (y[..., None, None] - steps.unsqueeze(-1)) ** 2  # (B, n, row, column)
    far = far.flatten(-2)
    places: list[Tensor] = []
    for i in range(x.shape[1]):
        places.append(far[:, i].argmin(-1, keepdim=True))
        far.scatter_(-1, places[-1].unsqueeze(1).expand(-1, far.shape[1], -1), math.inf)
    return torch.cat(places, -1)


def mirrored(seen: Tensor) -> Tensor:
    """Turn what was seen of a mirrored picture, (B, GRID * GRID, SEEN), back into what was seen of the picture."""
    back = seen.unflatten(1, (GRID, GRID)).flip(2).flatten(1, 2)
    return back * torch.where(torch.arange(seen.shape[-1]) == CLASSES + 1, -1, 1)  # how far right of its place it lies


@torch.inference_mode()
def look(eye: Eye, pictures: Tensor) -> Tensor:
    """Look at pictures, (B, 3, P, P) shares of light, and at their mirror images, since two looks see more than one.

    Gives what the writer reads, (B, ROWS * ROWS, WIDTH).
    """
    return read_off((eye(pictures) + mirrored(eye(pictures.flip(-1)))) / 2)
