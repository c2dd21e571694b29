"""What keeps words in: cleaning text, private files, process hardening, reports without words."""
