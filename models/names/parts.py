"""The two parts of the names: what is learnt from, and what the networks are chosen and measured on."""

from models import datasets
from models.training import split_by_hash


def parts() -> tuple[list[str], list[str]]:
    """Give the distinct names for training and for development, 90 % and 10 % by hash."""
    names = dict.fromkeys(datasets.read("characters/names.txt").decode().split())
    training, development = split_by_hash(names, (9, 1))
    return training, development
