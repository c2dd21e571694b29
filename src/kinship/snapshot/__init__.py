"""A map taken away: one drawing model, one file for each format."""
