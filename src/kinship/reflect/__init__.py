"""Prompts: packs, and the choice of what is asked today."""
