"""One request of a draft, both ways: its endpoint, what comes in, what is checked of it in which order."""
