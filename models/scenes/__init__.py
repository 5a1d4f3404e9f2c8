"""Scenes of emoji, told in a sentence: one-to-many, with and without attention."""
