"""What the screens are built of; none knows the App."""
