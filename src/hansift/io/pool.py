"""Worker processes: parts go out, results are taken in order; a worker that dies is told, none outlives the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from hansift.errors import HansiftError, InputError
from hansift.io.record import Part
from hansift.io.work import Job, Worker
from hansift.io.workspace import at_work

_AHEAD = 8
"""Parts a worker may be ahead of the slowest."""


@dataclass(frozen=True, slots=True)
class Task:
    """A part to clean under a name; without a part it is done already (`kept`), and comes in order only.

    `done` is the bytes of input behind it. One without a name stands behind the last of its lot.
    """

    lot: int
    name: str
    part: Part | None = None
    done: int = 0
    kept: bool = False


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Moved = Callable[[str, float], Any]
"""Is told of a task under way, by its name, which share of it is done."""

Engine = Callable[[Iterable[Task], Job, int, Moved], Iterator[Task]]
"""Does the tasks with so many workers, and gives them back in their order, each when it is done."""


def ordered(tasks: Iterable[Task], job: Job, workers: int, moved: Moved) -> Iterator[Task]:
    """The tasks in their order, each when it is done. Raises what a worker raised, InputError for one that died."""
    if workers == 1:
        worker = Worker(job)
        for task in tasks:
            if task.part:
                worker(task.part, task.name, partial(moved, task.name))
            yield replace(task, part=None)
        return
    pool = _Processes(job, workers, moved)
    try:
        yield from pool.ordered(tasks)
    finally:
        pool.kill()


class Pool(ABC):
    """Workers of any kind: `idle` ones, and the `busy` with the names of their parts. Parts go out as there are hands,
    and come back in order.
    """

    def __init__(self, idle: list[Any]) -> None:
        self.idle = idle
        self.size = len(idle)
        self.busy: dict[Any, str] = {}

    @abstractmethod
    def send(self, task: Task) -> None:
        """Gives a part to an idle worker, which is busy from then on."""

    @abstractmethod
    def collect(self) -> None:
        """Waits until a busy worker is idle again, its part in the workspace; raises what it raised."""

    def ordered(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The tasks in their order, each when it is done."""
        queue: deque[Task] = deque()
        for task in tasks:
            if task.part:
                while not self.idle or len(queue) > _AHEAD * self.size:
                    self.collect()
                    yield from self._ready(queue)
                self.send(task)
            queue.append(replace(task, part=None))
            yield from self._ready(queue)
        while queue:
            self.collect()
            yield from self._ready(queue)

    def _ready(self, queue: deque[Task]) -> Iterator[Task]:
        while queue and queue[0].name not in self.busy.values():
            yield queue.popleft()


class _Processes(Pool):
    def __init__(self, job: Job, workers: int, moved: Moved) -> None:
        self.moved = moved
        # spawned, not forked: a child then holds no other child's pipe, and sees its own end when the parent
        # dies
        context = multiprocessing.get_context("spawn")
        self.processes: dict[Any, Any] = {}
        with deaf():
            for _ in range(workers):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, job), daemon=True)
                process.start()
                theirs.close()
                self.processes[ours] = process
        super().__init__(list(self.processes))

    def send(self, task: Task) -> None:
        worker = self.idle.pop()
        self.busy[worker] = task.name
        try:
            worker.send((task.part, task.name))
        except OSError:
            self._died(worker)

    def collect(self) -> None:
        ready: list[Any] = wait(list(self.busy))
        for worker in ready:
            try:
                said = worker.recv()
            except (EOFError, OSError):
                self._died(worker)
            if isinstance(said, float):
                self.moved(self.busy[worker], said)
                continue
            if said is not None:
                raise said
            del self.busy[worker]
            self.idle.append(worker)

    def _died(self, worker: Any) -> None:
        process = self.processes[worker]
        process.join(1)
        with suppress(EOFError, OSError):
            while worker.poll():
                if isinstance(said := worker.recv(), HansiftError):
                    raise said
        raise InputError(
            f"a worker died (exit code {process.exitcode}; -9 is want of memory) over part {self.busy[worker]}; "
            "finished parts are kept: --resume, with fewer --workers"
        )

    def kill(self) -> None:
        for worker, process in self.processes.items():
            process.kill()
            worker.close()
        for process in self.processes.values():
            process.join()


@contextmanager
def deaf() -> Iterator[None]:
    """Lets Ctrl-C wait; a process that is started meanwhile never hears of it, from its first line on."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # multiprocessing starts this one with the first worker, and listens for Ctrl-C again from then on
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, job: Job) -> None:
    """Cleans parts as they come, until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears of Ctrl-C and ends us
    parent = multiprocessing.parent_process()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError), at_work(job.folder):
        try:
            worker = Worker(job)
            while True:
                part, name = connection.recv()
                if parent is None or not parent.is_alive():
                    return  # what it sent before it died is for the next run
                worker(part, name, connection.send)
                connection.send(None)
        except HansiftError as error:
            connection.send(error)
        except MemoryError:
            connection.send(InputError("out of memory; --resume with fewer --workers or a smaller --max-record"))
