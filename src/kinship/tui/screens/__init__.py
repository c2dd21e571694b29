"""One file for each screen; none knows the App."""
