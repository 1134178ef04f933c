"""What earlier releases stored, and what becomes of it."""
