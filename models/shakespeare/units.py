"""Find units of the last layer that follow something a reader can see.

    make evaluate EXAMPLE=shakespeare
    python -m models.shakespeare.units runs/shakespeare/development

Correlates every unit with features of the text at each character of a text that the network did not train on, and
prints the best unit of each feature: its number (counted from 1, as the page does) and the correlation.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from models.shakespeare.example import Shakespeare, indices, read_through

Array = np.ndarray[Any, Any]
SPEAKER = re.compile(r"(?:(?<=\n\n)|\A)[A-Z][A-Za-z' ]*:(?=\n)")


def features(text: str) -> dict[str, Array]:
    """Describe what stands before each character, each (T,): what a network can know when it has to say it."""
    T = len(text)
    letters, line, sentence = np.zeros(T), np.zeros(T), np.zeros(T)
    for t in range(1, T):
        before = text[t - 1]
        letters[t] = letters[t - 1] + 1 if before.isalpha() else 0
        line[t] = 0 if before == "\n" else line[t - 1] + 1
        sentence[t] = 0 if before in ".?!:" else sentence[t - 1] + 1
    return {
        "inside a speaker's name": inside(SPEAKER, text),
        "characters since the line began": line,
        "letters since the word began": letters,
        "characters since the sentence began": np.minimum(sentence, 100),
        "at the beginning of a line": (line == 0).astype(float),
        "after a blank line": np.array([text[max(t - 2, 0) : t] == "\n\n" for t in range(T)], dtype=float),
        "between a capital and the end of its word": inside(re.compile(r"[A-Z][A-Za-z']*"), text),
    }


def inside(pattern: re.Pattern[str], text: str) -> Array:
    """Mark the characters that come after the first one of a match and not after its end, (T,)."""
    marked = np.zeros(len(text))
    for match in pattern.finditer(text):
        marked[match.start() + 1 : match.end() + 1] = 1
    return marked


def correlations(states: Array, feature: Array) -> Array:
    """Correlate each unit with a feature; states (T, hidden), feature (T,) -> (hidden,)."""
    centred, wanted = states - states.mean(0), feature - feature.mean()
    scale = np.sqrt((centred**2).sum(0) * (wanted**2).sum())
    return (centred * wanted[:, None]).sum(0) / np.where(scale > 0, scale, 1)


def main() -> None:
    """Print the unit that follows each feature best."""
    example = Shakespeare(Path(__file__).parent)
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--variant", choices=example.variants, default=example.about.default_variant)
    chosen = parser.parse_args()
    text = example.file_format.read(chosen.path)
    assert isinstance(text, str)
    _, states = read_through(example.networks[chosen.variant], indices(text))
    for name, feature in features(text).items():
        found = correlations(states, feature)
        best = np.argsort(-np.abs(found))[:3]
        shown = ", ".join(f"unit {unit + 1} ({found[unit]:+.2f})" for unit in best)
        sys.stdout.write(f"{name}: {shown}\n")


if __name__ == "__main__":
    main()
