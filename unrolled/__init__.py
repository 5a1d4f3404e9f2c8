"""Unrolled: record every value that a recurrent network computes, at every timestep."""
