"""Local time, parts of the day, day types and holidays."""
