"""Spoken words, letter by letter: six wake phrases and ten digits."""
