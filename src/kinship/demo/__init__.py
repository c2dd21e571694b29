"""A synthetic life by seed: to look around in, to test with, to measure on."""

from kinship.demo.life import Life, live

__all__ = ["Life", "live"]
