"""Whether a text is in another language than a network reads, or all in capitals: a word of caution, never an error.

A language is known by its small words, the most frequent of it, which hardly a sentence goes without (Cavnar & Trenkle,
1994, and Grefenstette, 1995, compare ways). So one or two words tell nothing, and nothing is said about them. A text in
letters of another script is known by these, however short it is.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+")
NO_WORDS = re.compile(r"(?:https?://|www\.)\S+|@\w+")  # links and handles: the "co" of many a link is Czech
FEW = 3  # words; fewer tell no language
LETTERS = ("Lu", "Ll", "Lt", "Lo")  # not Lm, which are marks beside letters
ENOUGH = 2  # small words of another language that are no small words of one's own
CAPITALS = 8  # letters; fewer are a name, NATO or UNESCO
SCRIPTS = {
    "ARABIC": "Arabic letters",
    "ARMENIAN": "Armenian letters",
    "BENGALI": "Bengali letters",
    "CJK": "Chinese characters",
    "CYRILLIC": "Cyrillic letters",
    "DEVANAGARI": "Devanagari letters",
    "GEORGIAN": "Georgian letters",
    "GREEK": "Greek letters",
    "HANGUL": "Korean letters",
    "HEBREW": "Hebrew letters",
    "TAMIL": "Tamil letters",
    "THAI": "Thai letters",
}
NAMES = {
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sv": "Swedish",
    "tr": "Turkish",
    "vi": "Vietnamese",
}


@cache
def small_words() -> Mapping[str, frozenset[str]]:
    """Read the small words of each language, in lower case."""
    table = json.loads((Path(__file__).parent / "small_words.json").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in table.items()}


def language_notice(text: str, language: str | None, alphabet: str = "LATIN") -> str:
    """Say that a text is in another language than this one, or in other letters; "" if nothing points to that."""
    if language is None:
        return ""
    reads = f"this network reads {NAMES[language]}"
    if script := other_script(text, alphabet):
        return f"this is written in {script}; {reads}"
    found = other_language(WORD.findall(NO_WORDS.sub(" ", text).lower()), language)
    return f"this looks like {NAMES[found]}; {reads}" if found else ""


def other_language(words: Sequence[str], language: str) -> str | None:
    """Name the language whose small words are there, more of them than of the expected one; each word counts once."""
    if len(words) < FEW:
        return None
    different = set(words)
    own = small_words()[language]
    scores = {
        other: (len(different & small - own), len(different & (own - small)))
        for other, small in small_words().items()
        if other != language
    }
    best = max(scores, key=lambda other: (scores[other][0] - scores[other][1], scores[other][0]))
    theirs, ours = scores[best]
    return best if theirs >= ENOUGH and theirs > ours else None


def other_script(text: str, alphabet: str) -> str:
    """Name the characters that most of a text is written in, if they are not of the expected alphabet."""
    scripts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in text if unicodedata.category(c) in LETTERS)
    if 2 * scripts[alphabet] >= scripts.total():
        return ""
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "Japanese characters"
    most = max((script for script in scripts if script != alphabet), key=lambda script: scripts[script])
    return SCRIPTS.get(most, "characters of another script")


def capitals_notice(text: str) -> str:
    """Say that a text is all in capitals; "" if it is not, or has too few letters to tell."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < CAPITALS or len(WORD.findall(text)) < FEW or not all(c.isupper() for c in letters):
        return ""
    return "this is all in capitals, which this network has hardly seen; write it as usual"
