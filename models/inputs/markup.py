"""What is left of a web page in a text that was copied from it: escapes and tags."""

import html
import re
from html.entities import html5

from models.inputs.sentences import named

# HTML's elements (https://html.spec.whatwg.org/multipage/indices.html, and the old `font` and `center`): nothing else
# in pointed brackets is a tag. Those that begin a line of their own leave a line end behind.
LINES = frozenset(
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
WITHIN = frozenset(
    "a abbr b bdi bdo body button cite code data del dfn em font head html i iframe img input ins kbd label link mark "
    "meta q rp rt ruby s samp script select small span strike strong style sub sup template textarea time title tt u "
    "var video wbr".split()
)
ESCAPE = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TAG = re.compile(r"<!--(?:(?!<!--|-->).)*-->|</?([a-z][a-z0-9]*)(?:\s[^<>]*|/)?>", re.IGNORECASE | re.DOTALL)


def unescape(text: str) -> tuple[str, list[str]]:
    """Read HTML's escapes, also one that was escaped again: `&amp;`, `&#39;`, `&amp;quot;`."""
    read: dict[str, str] = {}

    def meant(found: re.Match[str]) -> str:
        name = f"{found[1]};"
        if not name.startswith("#") and name not in html5:
            return found[0]
        read[found[0]] = html.unescape(f"&{name}")
        return read[found[0]]

    text = ESCAPE.sub(meant, text)
    shown = {escape: "a space" if to.isspace() else to if to.isprintable() else "" for escape, to in read.items()}
    return text, named((f"{escape} was read as {to or 'nothing'}" for escape, to in shown.items()), "escapes")


def drop_tags(text: str) -> tuple[str, list[str]]:
    """Take HTML's tags and comments out; `<br>` and what else begins a line becomes a line end."""
    dropped: list[str] = []

    def left(found: re.Match[str]) -> str:
        name = (found[1] or "").lower()
        if name and name not in LINES | WITHIN:
            return found[0]
        dropped.append(found[0] if len(found[0]) <= 30 else f"{found[0][:30]}...")
        return "\n" if name in LINES else ""

    text = TAG.sub(left, text)
    return text, named((f"{tag} was taken out" for tag in dropped), "tags")
