"""Translation: read a French sentence piece by piece, then write it in English."""
