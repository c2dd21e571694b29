"""`make bench`: every budget measured here and now, as a table of ratios where a baseline can be run beside it."""
