"""Shakespeare: write a scene, one character at a time."""
