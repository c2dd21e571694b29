"""The domain: pages, people, ties, moments of support, check-ins, and the acts that change them."""
