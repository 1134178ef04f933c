"""The server measured: each workload beside its floor, in one process and in turn.

``databases`` prepares what is read, ``worker`` is the process that measures one tree of
sources on one database, ``asking`` asks its pages through WSGI, ``bare`` is the Django that
somebody would have without Tilts, ``workloads`` lists what is measured, ``figures`` turns
times into medians and ratios.
"""
