"""Sentiment: read a sentence word by word and say at the end how much its writer liked the film."""
