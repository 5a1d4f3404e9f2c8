"""Dates: read a date as people write it, character by character, then write it as ISO 8601."""
