"""One process that measures one tree of sources on one database, round by round.

Reads one order a line and answers with one line, so that several such processes can be
measured in turn: what disturbs the machine for a while disturbs all of them.
"""

import cProfile
import gc
import json
import pstats
import sys
import time
from io import StringIO

WARM_UP = 3


def main():
    import django

    django.setup()
    # The models of a workload exist only now
    from bench.workloads import WORKLOADS

    by_name = {one.name: one for one in WORKLOADS}
    worker = Worker(by_name)
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = getattr(worker, order.pop("do"))(**order)
        except Exception as error:  # noqa: BLE001 -- told to whoever gave the order
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


class Worker:
    def __init__(self, workloads):
        from bench.site import Site

        self.workloads, self.site, self.opened = workloads, Site(), {}

    def describe(self):
        """What there is to measure, its floors and goals."""
        return {
            "workloads": [
                {
                    "name": one.name,
                    "goal": one.goal,
                    "growth": one.growth,
                    "most_queries": one.most_queries,
                    "most_ms": getattr(one, "most_ms", None),
                    "floor_is": one.floor_is,
                }
                for one in self.workloads.values()
            ]
        }

    def open(self, workload):
        """Make it ready and warm; tells how often it asks the database."""
        opened = self.opened[workload] = self.workloads[workload](self.site)
        for _ in range(WARM_UP):
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
        """Where the processor's time goes, and every statement."""
        opened, profile = self.opened[workload], cProfile.Profile()
        profile.enable()
        for _ in range(times):
            opened.run()
        profile.disable()
        told = StringIO()
        pstats.Stats(profile, stream=told).sort_stats("cumulative").print_stats(60)
        return {"profile": told.getvalue(), "sql": self.site.statements(opened.run)}


if __name__ == "__main__":
    main()
