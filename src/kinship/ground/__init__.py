"""What everybody stands on: errors, the clock, places on disk, settings, the width of text."""
