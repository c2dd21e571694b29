"""The encrypted log: keys, segments, merge, documents, drafts."""
