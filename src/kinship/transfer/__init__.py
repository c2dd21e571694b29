"""Maps and people from other programs: a file for each format, one plan that all make, one act that keeps it."""
