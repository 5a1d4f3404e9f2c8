"""The development part, as a file that the networks are measured on."""

from models.forecast.train import DEVELOPMENT, TRAINING, part_of, source


def development() -> bytes:
    """Write the 15 % of the series before the test, with the week before them to read."""
    return part_of(*source(), TRAINING, DEVELOPMENT).encode()
