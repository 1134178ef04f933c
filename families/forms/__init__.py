"""What a mediator writes about a family, and the questions before data are uncovered."""
