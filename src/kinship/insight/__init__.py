"""What the entries say over time: honest statistics for one person, and the sentences for them."""
