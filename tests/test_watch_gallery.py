"""No trained network of the gallery is accused, but for the plain RNN that is there to show how a gradient vanishes."""

import pytest

from models.listing import example_folders, load_example
from unrolled.watch.evidence import Evidence
from unrolled.watch.findings import findings_of

EXAMPLES = {folder.name: load_example(folder) for folder in example_folders()}
VANISHES = ("adding", "rnn")  # its card says that it has not learnt to add: its error is a hundred times the others'


@pytest.mark.parametrize(
    ("slug", "variant"), [(slug, variant) for slug, example in EXAMPLES.items() for variant in example.variants]
)
def test_trained_networks_are_not_accused(slug: str, variant: str) -> None:
    example = EXAMPLES[slug]
    for sample in example.samples[:2]:
        trace = example.trace(sample.input, variant, gradient=-1)
        found = [finding.kind for finding in findings_of(Evidence(trace))]
        assert found == (["vanishing_gradient"] if (slug, variant) == VANISHES else [])
