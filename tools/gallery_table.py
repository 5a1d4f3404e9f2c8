"""Print the gallery as a Markdown table, with what each card's command measured."""

from models.example import Example
from models.listing import load_examples


def row(example: Example) -> str:
    """Write one example's row: its page, what it shows, its variants, and the default variant's figures."""
    measured = example.card.results.get(example.default_variant, {})
    figures = ", ".join(f"{metric} {value:g}" for metric, value in measured.items())
    cells = (
        f"[{example.title}](models/{example.slug}/README.md)",
        example.topology_page.replace("_", "-"),
        example.task,
        ", ".join(f"`{variant}`" for variant in example.variants),
        f"{figures} (`{example.default_variant}`)" if figures else "not measured yet",
    )
    return f"| {' | '.join(cells)} |"


def markdown_table() -> str:
    """Write the table, one row an example."""
    head = ("| example | topology | task | variants | measured |", "|---|---|---|---|---|")
    return "\n".join((*head, *(row(example) for example in load_examples().values())))


if __name__ == "__main__":
    print(markdown_table())
