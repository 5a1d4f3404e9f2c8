"""Print the gallery as a Markdown table, with the first figure that each card holds for every network."""

from models.example import THUMBNAIL, Example
from models.listing import load_examples


def row(example: Example) -> str:
    """Write one example's row: its page, what it shows, and each network's figure."""
    results = example.card.results
    metric = next((name for measured in results.values() for name in measured), "")
    networks = (
        f"`{variant}`" + (f" {results[variant][metric]:g}" if metric in results.get(variant, {}) else "")
        for variant in example.variants
    )
    drawn = f'<img src="models/{example.slug}/{THUMBNAIL}" alt="" width="200">' if example.thumbnail else ""
    cells = (
        drawn,
        f"[{example.about.title}](models/{example.slug}/README.md)",
        example.about.topology_page.replace("_", "-"),
        example.about.task,
        metric.replace("_", " "),
        ", ".join(networks),
    )
    return f"| {' | '.join(cells)} |"


def markdown_table() -> str:
    """Write the table, one row an example."""
    head = ("| | example | topology | task | metric | networks |", "|---|---|---|---|---|---|")
    return "\n".join((*head, *(row(example) for example in load_examples().values())))


if __name__ == "__main__":
    print(markdown_table())
