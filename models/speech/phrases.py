"""The sixteen phrases that the networks know, and the letters that spell them."""

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WAKE = ("alexa", "computer", "jarvis", "smart mirror", "snowboy", "view glass")
PHRASES = (*WAKE, *DIGITS)
LETTERS = "".join(sorted(set("".join(PHRASES))))  # the space among them


def spelled(text: str) -> list[int]:
    """Give the classes of the letters of a text; class 0 is the blank of CTC, or the end of a written phrase."""
    return [1 + LETTERS.index(letter) for letter in text]


def read_off(classes: list[int]) -> str:
    """Write classes as letters; class 0 is no letter."""
    return "".join(LETTERS[k - 1] for k in classes if k > 0)
