"""Work on what came from outside in a process of its own, with a limit of time.

A document that hangs, crashes or eats the memory takes nothing else down with it. What
the work may take of memory and processor it limits itself, as its first act.
"""

import multiprocessing

# Its processes begin where the heavy modules are loaded already: 20 ms instead of 1 s
PROCESSES = multiprocessing.get_context("forkserver")


class ChildFailed(Exception):
    """No answer came; says in a few words why, without what was worked on."""


class TookTooLong(ChildFailed):
    pass


def ask(work, *arguments, seconds):
    """What ``work(asker, *arguments)`` sends by ``asker.send`` within so many seconds."""
    answers, asker = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=work, args=(asker, *arguments), daemon=True)
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


def _answer_of(process, answers, seconds):
    if not answers.poll(seconds):
        raise TookTooLong(f"took longer than {seconds} seconds")
    try:
        return answers.recv()
    except EOFError:
        process.join()
        raise ChildFailed(f"ended with {process.exitcode}") from None
