"""Ray: a class for `map_batches`, and actors that do the parts of `hansift clean --engine ray`."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from hansift.adapters.columns import clean_columns
from hansift.cleaner import Cleaner
from hansift.errors import HansiftError, InputError, UsageError
from hansift.io.pool import Moved, Pool, Task
from hansift.io.record import Part
from hansift.io.work import Finished, Job, Worker
from hansift.io.workspace import Workspace


class ColumnCleaner:
    """For `dataset.map_batches(ColumnCleaner, …)`: each actor makes one, and with it loads the model once.

    `fn_constructor_kwargs` takes `text`, the column of pages, and `cleaner`.
    """

    def __init__(self, text: str = "text", cleaner: Cleaner | None = None) -> None:
        self.text = text
        self.cleaner = cleaner or Cleaner()

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """The batch, columns by name, with its texts cleaned and the other columns as they were."""
        return {**batch, **clean_columns({self.text: batch[self.text]}, text=self.text, cleaner=self.cleaner)}


@contextmanager
def cluster(address: str | None = None) -> Iterator[int]:
    """The number of cores of the cluster at the address; without one as `ray.init` finds or starts it.

    Raises UsageError where Ray is missing or no cluster answers.
    """
    try:
        import ray
    except ImportError as error:
        raise UsageError("--engine ray needs Ray; pip install 'hansift[ray]'") from error
    try:
        _answers(address or "")
        ray.init(address=address, logging_level=logging.WARNING, log_to_driver=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(
            f"{address or 'ray'}: no Ray cluster answers ({error}); start one, or mend --address"
        ) from error
    try:
        yield max(1, int(ray.cluster_resources().get("CPU", 1)))
    finally:
        ray.shutdown()


def _answers(address: str) -> None:
    """Raises OSError where nobody listens; Ray itself would go on asking for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon:
        socket.create_connection((host, int(port)), timeout=10).close()


def ordered(tasks: Iterable[Task], job: Job, workers: int, moved: Moved) -> Iterator[Task]:
    """The tasks in their order, each when an actor of the cluster has done it; then `moved` is told that all is.

    Actors read the inputs, so these are where every node sees them: a shared folder or a URL. What they make of a part
    comes back to this process, which writes it.
    """
    pool = _Actors(job, workers, moved)
    try:
        yield from pool.ordered(tasks)
    finally:
        pool.kill()


class _Actors(Pool):
    def __init__(self, job: Job, workers: int, moved: Moved) -> None:
        import ray

        self.moved = moved
        self.space = Workspace(job.folder, job.digest)
        cleaner = ray.put(Cleaner(job.settings.model, job.settings.policy))
        remote = ray.remote(_Actor)
        self.actors = [remote.remote(job, cleaner, os.getcwd()) for _ in range(workers)]  # noqa: PTH109
        self.at_work: dict[str, Any] = {}
        super().__init__(list(self.actors))

    def send(self, task: Task) -> None:
        actor = self.idle.pop()
        answer = actor.done.remote(task.part)
        self.busy[answer] = task.name
        self.at_work[task.name] = actor

    def collect(self) -> None:
        import ray

        (answer,), _ = ray.wait(list(self.busy), num_returns=1)
        name = self.busy[answer]
        try:
            found = ray.get(answer)
        except ray.exceptions.RayError as error:
            reason = str(error).strip().split("\n")[-1]
            raise InputError(
                f"a worker died over part {name} ({reason}); finished parts are kept: --resume, with fewer --workers"
            ) from error
        if isinstance(found, HansiftError):
            raise found
        self.space.finish(name, *found)
        self.moved(name, 1.0)
        del self.busy[answer]
        self.idle.append(self.at_work.pop(name))

    def kill(self) -> None:
        import ray

        for actor in self.actors:
            ray.kill(actor)


class _Actor:
    def __init__(self, job: Job, cleaner: Cleaner, folder: str) -> None:
        with suppress(OSError):  # relative names of inputs count from where the command was given
            os.chdir(folder)
        self.worker = Worker(job, cleaner)

    def done(self, part: Part) -> Finished | HansiftError:
        """The part cleaned, or what there is to say: an error that Ray raises would carry a traceback in its text."""
        try:
            return self.worker.cleaned(part)
        except HansiftError as error:
            return error
