"""DNA: say for each base how likely it codes for a protein."""
