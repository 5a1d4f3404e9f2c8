"""Count how many sampled names are in no part of the data: `python -m models.names.novelty`."""

from pathlib import Path

from models.listing import load_example
from models.names.parts import parts
from unrolled import Decoding

SAMPLES = 500


def main() -> None:
    """Print a line for each variant: the share of new names at the default temperature."""
    example = load_example(Path(__file__).parent)
    training, development = parts()
    known = {*training, *development}
    temperature = example.about.decoding.temperature if example.about.decoding else 1.0
    for variant in example.variants:
        decodings = (Decoding(method="sample", temperature=temperature, seed=seed) for seed in range(SAMPLES))
        written = [example.trace("", variant, decoding=decoding).answer.lower() for decoding in decodings]
        print(f"{variant} new_names: {sum(name not in known for name in written) / SAMPLES:.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
