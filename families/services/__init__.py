"""What changes more than one row of a family, each in one transaction."""
