"""What the actions of the workflow do beyond the report itself.

``review``: hand in, return, approve. ``delivery``: snapshot, PDF, mail, receipt.
"""
