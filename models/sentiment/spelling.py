"""What a misspelled word was meant to be: the nearest common word, a letter or two away.

Letters that are missing, too many, wrong, or in each other's place count one each (Damerau, 1964). One is forgiven
in a word of five letters, two in one of seven. The first letter is taken as it is: it is seldom wrong, and so few
words remain to be compared that the others need no index.
"""

from collections.abc import Iterable

SHORTEST, TWO_WRONG = 5, 7  # letters of a word that is corrected at all, and of one with two letters wrong


class Speller:
    """Find the common word that a misspelled one is nearest to; `words` are in order, the commonest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, int]]] = {}
        for word in words:
            if word.isascii() and word.isalpha() and len(word) >= SHORTEST - 1:
                self._by_first.setdefault(word[0], []).append((word, letters_of(word)))

    def nearest(self, word: str) -> str | None:
        """Find the nearest word, the commonest among equally near ones; None if all are too far."""
        if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
            return None
        limit, letters = 1 + (len(word) >= TWO_WRONG), letters_of(word)
        best: str | None = None
        for other, used in self._by_first.get(word[0], ()):
            if abs(len(other) - len(word)) <= limit and (letters ^ used).bit_count() <= 2 * limit:
                far = distance(word, other)
                if far <= limit:
                    best, limit = other, far - 1
                if limit < 1:
                    break
        return best


def letters_of(word: str) -> int:
    """Write the set of a word's letters as the bits of a number."""
    return sum({1 << (ord(letter) - ord("a")) for letter in word})


def distance(a: str, b: str) -> int:
    """Count the letters to insert, drop, replace or swap with their neighbour to turn one word into another."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, above, row = row, before, [i]
        for j, y in enumerate(b, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                least = min(least, above[j - 2] + 1)
            row.append(least)
    return row[-1]
