"""Orders → what became of each, in the same order, made on several cores at once.

Workers are forked from a process of their own that has the engines loaded (`pipeline.warm`), so their memory is
shared and none of them waits for an import. On macOS, where forking is not safe, each starts anew. A worker
that is killed costs its own title only.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Literal

from pipeline import build
from pipeline.build import Failure, Made, Order
from pipeline.errors import EngineError

METHOD: Literal["spawn", "forkserver", "fork"] = "spawn" if sys.platform == "darwin" else "forkserver"


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def attempts(orders: Sequence[Order], jobs: int) -> Iterator[Made | Failure]:
    """What became of each order. One order, or one core, takes no second process."""
    jobs = min(jobs, len(orders))
    # Temporary files of the engines lie in one folder, which goes when we do. WeasyPrint deletes its own when
    # an object dies; in a worker, no object lives to see that.
    with tempfile.TemporaryDirectory(prefix="pamphleteer-", ignore_cleanup_errors=True) as scratch:
        if jobs > 1:
            waiting = deque(orders)
            while waiting:
                yield from _until_one_dies(waiting, jobs, scratch)
            return
        before, tempfile.tempdir = tempfile.tempdir, scratch
        try:
            yield from map(build.attempt, orders)
        finally:
            tempfile.tempdir = before


def _until_one_dies(waiting: deque[Order], jobs: int, scratch: str) -> Iterator[Made | Failure]:
    """Work off the queue; if a worker dies, find out over which title, and leave the rest in the queue."""
    started: deque[tuple[Order, Future[Made | Failure] | None]] = deque()
    pool = _pool(jobs, scratch)
    try:
        while waiting or started:
            # No more at once than keeps all hands busy: results wait in memory for those before them.
            while waiting and len(started) < 3 * jobs:
                started.append((waiting.popleft(), None))
                started[-1] = (started[-1][0], pool.submit(build.attempt, started[-1][0]))
            future = started[0][1]
            assert future is not None  # noqa: S101 – submitted above
            result = future.result()
            started.popleft()
            yield result
    except BrokenProcessPool:
        pass
    except BaseException:
        # An interrupt, or nobody listens any more: do not wait for what is under way.
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    for order, future in started:
        yield future.result() if _finished(future) and future else _alone(order, scratch)


def _finished(future: Future[Made | Failure] | None) -> bool:
    return future is not None and future.done() and not future.cancelled() and future.exception() is None


def _alone(order: Order, scratch: str) -> Made | Failure:
    with _pool(1, scratch) as pool:
        try:
            return pool.submit(build.attempt, order).result()
        except BrokenProcessPool:
            return Failure(
                EngineError.exit_code,
                "the process that made this title was killed",
                "most likely there was not enough memory: close other programs, or run again with -j 1",
            )


def _pool(jobs: int, scratch: str) -> ProcessPoolExecutor:
    context = multiprocessing.get_context(METHOD)
    context.set_forkserver_preload(["pipeline.warm"])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(scratch,))


def _begin(scratch: str) -> None:
    """A worker leaves at once on an interrupt, without a traceback, and does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    tempfile.tempdir = scratch
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
