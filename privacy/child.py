"""Work on what came from outside in a process of its own, with a limit of time.

A document that hangs, crashes or eats the memory takes nothing else down with it. What
the work may take of memory and processor it limits itself, as its first act.
"""

import multiprocessing
import tempfile
import traceback
from pathlib import Path
from typing import NamedTuple

# Its processes begin where the heavy modules are loaded already: 20 ms instead of 1 s
PROCESSES = multiprocessing.get_context("forkserver")


class ChildFailed(Exception):
    """No answer came; says in a few words why, without what was worked on."""


class TookTooLong(ChildFailed):
    """The child was ended because its time was over."""


class Stumbled(ChildFailed):
    """The work raised something that it does not know; says of which kind and where."""


class TookTooMuch(ChildFailed):
    """The work asked for more memory than it may take."""


class Stumble(NamedTuple):
    """What a child sends in place of an answer when its work raised something."""

    kind: str
    place: str


def ask(work, *arguments, seconds):
    """What ``work(asker, *arguments)`` sends by ``asker.send`` within so many seconds.

    What it writes for a while lies in a folder that goes with it, however it ends.
    """
    with tempfile.TemporaryDirectory(prefix="tilts-") as scratch:
        return _asked(scratch, work, arguments, seconds)


def _asked(scratch, work, arguments, seconds):
    answers, asker = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(
        target=_do, args=(scratch, work, asker, *arguments), daemon=True
    )
    try:
        process.start()
    except (EOFError, OSError) as failure:
        raise ChildFailed("did not start") from failure
    asker.close()
    try:
        return _answer_of(process, answers, seconds)
    finally:
        process.kill()
        process.join()
        answers.close()


def _do(scratch, work, asker, *arguments):
    """In the child. What its work raises is told by kind and place and ends it.

    Left alone, multiprocessing would print the words of the failure into the log, and
    they may hold a piece of the document.
    """
    tempfile.tempdir = scratch
    try:
        work(asker, *arguments)
    except (
        Exception
    ) as failure:  # of any kind: told to the asker, which raises Stumbled
        asker.send(Stumble(type(failure).__name__, _place(failure)))
        raise SystemExit(1) from None


def _place(failure):
    """File and line, without opening the file: the work may have forbidden that."""
    *_outer, (frame, line) = traceback.walk_tb(failure.__traceback__)
    return f"{Path(frame.f_code.co_filename).name}:{line}"


def _answer_of(process, answers, seconds):
    if not answers.poll(seconds):
        raise TookTooLong(f"took longer than {seconds} seconds")
    try:
        answer = answers.recv()
    except EOFError:
        process.join()
        raise ChildFailed(f"ended with {process.exitcode}") from None
    if isinstance(answer, Stumble):
        kind = TookTooMuch if answer.kind == MemoryError.__name__ else Stumbled
        raise kind(f"stumbled: {answer.kind} at {answer.place}")
    return answer
