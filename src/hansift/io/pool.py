"""Worker processes: parts go out, results are taken in order; a worker that dies is told, none outlives the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import Any

from hansift.errors import HansiftError, InputError
from hansift.io.record import Part
from hansift.io.work import Job, Worker

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


Engine = Callable[[Iterable[Task], Job, int], Iterator[Task]]
"""Does the tasks with so many workers, and gives them back in their order, each when it is done."""


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(tasks: Iterable[Task], job: Job, workers: int) -> Iterator[Task]:
    """The tasks in their order, each when it is done. Raises what a worker raised, InputError for one that died."""
    if workers == 1:
        worker = Worker(job)
        for task in tasks:
            if task.part:
                worker(task.part, task.name)
            yield replace(task, part=None)
        return
    pool = _Processes(job, workers)
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
    def __init__(self, job: Job, workers: int) -> None:
        # spawned, not forked: a child then holds no other child's pipe, and sees its own end when the parent
        # dies
        context = multiprocessing.get_context("spawn")
        self.processes: dict[Any, Any] = {}
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
                error = worker.recv()
            except (EOFError, OSError):
                self._died(worker)
            if error is not None:
                raise error
            del self.busy[worker]
            self.idle.append(worker)

    def _died(self, worker: Any) -> None:
        process = self.processes[worker]
        process.join(1)
        with suppress(EOFError, OSError):
            if worker.poll() and (error := worker.recv()) is not None:
                raise error
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


def _serve(connection: Connection, job: Job) -> None:
    """Cleans parts as they come, until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears of Ctrl-C and ends us
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            worker = Worker(job)
            while True:
                part, name = connection.recv()
                worker(part, name)
                connection.send(None)
        except HansiftError as error:
            connection.send(error)
        except MemoryError:
            connection.send(InputError("out of memory; --resume with fewer --workers or a smaller --max-record"))
