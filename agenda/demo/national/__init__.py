"""The demo at the scale of a continent: invented, for measuring, made in minutes.

``size`` says how much there is of everything, ``ground`` settles places and people,
``households`` their families and cases, ``log`` what was done month by month, ``paperwork``
the reports; ``rows`` writes rows without making an object of each, and ``loading`` puts all
of it into an empty database. Texts are those of the small demo; each is encrypted for
its own row.
"""
