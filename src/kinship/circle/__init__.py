"""The support map as a network: who counts, measures, layout, cells, sentences."""
