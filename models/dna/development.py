"""The development part, as a file that the networks are measured on."""

from models.dna.train import held_out_records, source


def development() -> bytes:
    """Write the held-out loci as GenBank records."""
    return held_out_records(source()).encode("latin-1")
