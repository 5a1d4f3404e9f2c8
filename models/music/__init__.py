"""Music: write a dance tune, note by note, in the genre that was asked for."""
