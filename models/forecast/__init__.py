"""Forecast: read a week of hourly numbers, write the day after it."""
