"""The domain: pages, people, ties, moments of support, check-ins, and the acts that change them.

`journal.Journal` is one open vault as a journal; `model` and `kinds` are the values everything speaks in; `facts`,
`mentions`, `search` and `titles` are pure. Nothing above this room sees a document.
"""
