"""What somebody does in every frame of a video in which actions follow each other: many-to-many, both directions."""
