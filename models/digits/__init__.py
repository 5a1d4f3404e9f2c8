"""Handwritten digits: a plain network, T = 1."""
