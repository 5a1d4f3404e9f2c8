"""Entities: write a tag under each word of a sentence."""
