"""The full-screen program: screens, widgets, themes and keys."""
