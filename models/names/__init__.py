"""Names: write a first name letter by letter, from nothing."""
