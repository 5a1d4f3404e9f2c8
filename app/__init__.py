"""The service: server-rendered pages and a JSON API over the gallery. Nothing imports it."""
