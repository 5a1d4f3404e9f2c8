"""What somebody does, seen as fifteen moving joints: many-to-one."""
