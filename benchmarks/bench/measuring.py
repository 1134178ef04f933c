"""Rounds of one workload after the other, in this process."""

import cProfile
import gc
import pstats
import time
from io import StringIO

from bench.site import Site
from bench.workloads import WORKLOADS

WARM_UP = 3


class Worker:
    """Answers the orders of ``worker``, one method for each."""

    def __init__(self):
        self.workloads = {one.name: one for one in WORKLOADS}
        self.site, self.opened = Site(), {}

    def describe(self):
        """What there is to measure, its floors and goals."""
        return {
            "workloads": [
                {
                    "name": one.name,
                    "goal": one.goal,
                    "growth": list((one.growth or {}).items()),
                    "most_queries": one.most_queries,
                    "most_ms": getattr(one, "most_ms", None),
                    "is_long": getattr(one, "is_long", False),
                    "is_very_long": getattr(one, "is_very_long", False),
                    "floor_is": one.floor_is,
                }
                for one in self.workloads.values()
            ]
        }

    def open(self, workload):
        """Make it ready and warm; tells how often it asks the database."""
        opened = self.opened[workload] = self.workloads[workload](self.site)
        is_long = getattr(opened, "is_long", False)
        for _ in range(1 if is_long else WARM_UP):
            opened.run()
            opened.run_floor()
        return {"queries": len(self.site.statements(opened.run))}

    def round(self, workload, times):
        """Seconds of the workload and of its floor, one after the other."""
        opened = self.opened[workload]
        gc.collect()
        pairs = []
        for _ in range(times):
            begin = time.perf_counter()
            opened.run()
            middle = time.perf_counter()
            opened.run_floor()
            pairs.append((middle - begin, time.perf_counter() - middle))
        return {"pairs": pairs}

    def profile(self, workload, times):
        """Where the processor's time goes, and every statement with its plan."""
        opened, profile = self.opened[workload], cProfile.Profile()
        profile.enable()
        for _ in range(times):
            opened.run()
        profile.disable()
        told = StringIO()
        pstats.Stats(profile, stream=told).sort_stats("cumulative").print_stats(60)
        asked = self.site.statements(opened.run)
        plans = [[sql, self.site.plan(sql)] for sql in asked]
        return {"profile": told.getvalue(), "plans": plans}
