"""A synthetic life by seed."""
