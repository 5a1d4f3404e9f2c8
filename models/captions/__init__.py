"""What is on a photo, in a sentence."""
