"""One process that measures one tree of sources on one database, round by round.

Reads one order a line and answers with one line, so that several such processes can be
measured in turn: what disturbs the machine for a while disturbs all of them.
"""

import json
import sys

import django


def main():
    django.setup()
    from bench.measuring import Worker  # noqa: PLC0415 -- models exist once Django is set up

    worker = Worker()
    for line in sys.stdin:
        order = json.loads(line)
        answer = getattr(worker, order.pop("do"))(**order)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
