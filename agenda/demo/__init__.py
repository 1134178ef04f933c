"""The demo: invented places, people and ten months of their work.

Words stand in ``places``, ``people``, ``households``, ``matters`` and ``narratives``;
``settling``, ``history``, ``visits``, ``steps`` and ``monthly`` turn them into rows,
and ``loading`` puts all of them into an empty database. Nothing here is about
anybody: no real municipality, no real name, no telephone number that exists.
"""
