"""Documents that people take out of the log beside the monthly report.

One module each: a frozen dataclass of what the document says, and the function that
counts it. The numbers are those of ``reports.indicators`` and its neighbours; here
they are only chosen and put in order. None of them names a family.
"""
