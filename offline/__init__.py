"""The phone without signal: what it keeps, and how it sends what it kept."""
