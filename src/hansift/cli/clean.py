"""`hansift clean`: the body of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hansift import __version__
from hansift.cli.common import FAILED_INPUT, STOPPED, progress, say, setting_options
from hansift.errors import UsageError
from hansift.io.record import Source
from hansift.io.settings import Settings, resolve, shown

if TYPE_CHECKING:
    from hansift.io.pool import Engine

SETTINGS = (
    "model", "policy", "format", "encoding", "text_key", "id_key", "url_key", "html_key", "markup",
    "drop_empty", "max_errors", "max_record", "part_size", "workers",
)  # fmt: skip


@click.command("clean")
@click.argument("paths", nargs=-1, metavar="[FILE|DIR|GLOB|-]...")
@click.option("-o", "--out", metavar="OUT", help="A file, or a folder that takes the tree of the input.")
@click.option("--removed", metavar="FILE.jsonl", help="What was removed, for `hansift replay`.")
@click.option("--errors", metavar="FILE.jsonl", help="Rejected records and damage, with their places.")
@click.option("--summary", metavar="FILE.json", help="The counts, which add up.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped or died.")
@click.option("--force", is_flag=True, help="Replace outputs that exist, and start anew.")
@click.option("--engine", type=click.Choice(["processes", "ray"]), default="processes", help="Who does the work.")
@click.option(
    "--address", metavar="ADDRESS", help="The Ray cluster.  [RAY_ADDRESS, the one that runs here, or a new one]"
)
@click.option("--show-config", is_flag=True, help="Print each setting and where it came from.")
@setting_options(*SETTINGS)
def command(paths: tuple[str, ...], out: str | None, show_config: bool, **options: Any) -> None:
    """Print or write the body of pages: text, HTML, JSONL, Parquet, WARC and WET, gzip and zstd too.

    One record in is one record out, its text cleaned and all else as it was. Settings come from
    [tool.hansift] in pyproject.toml, from HANSIFT_*, and from options, the later over the earlier.
    """
    resolved = resolve({name: options.pop(name) for name in SETTINGS})
    if show_config:
        click.echo(shown(resolved), nl=False)
        return
    with _engine(options.pop("engine"), options.pop("address")) as (engine, cores):
        settings = replace(resolved[0], workers=resolved[0].workers or cores)
        _clean(paths or ("-",), out, settings, options, engine)


@contextmanager
def _engine(name: str, address: str | None) -> Iterator[tuple[Engine, int]]:
    """Who does the parts, and how many workers it has by default, 0 where the run is to choose."""
    if name == "ray":
        from hansift.adapters.ray import cluster, ordered

        with cluster(address) as cores:
            yield ordered, cores
        return
    if address:
        raise UsageError(f"--address {address}: names a Ray cluster; add --engine ray")
    from hansift.io import pool

    yield pool.ordered, 0


def _clean(
    paths: tuple[str, ...], out: str | None, settings: Settings, options: dict[str, Any], engine: Engine
) -> None:
    from hansift.cleaner import Cleaner
    from hansift.io.run import Extras, run
    from hansift.io.sink import output_for
    from hansift.io.sources import find, several
    from hansift.io.work import Job

    found = list(find(paths, settings.format))
    sources = [item for item in found if isinstance(item, Source)]
    digest = str(Cleaner(settings.model, settings.policy).model.header.get("digest"))
    output = output_for(out, sources, any(map(several, paths)))
    job = Job(settings, output, Path(), bool(options["removed"]), digest, __version__)
    quiet = output.path == "-" and not options["summary"]
    with progress(sum(source.size for source in sources)) as tell:
        extras = Extras(**options, progress=tell)
        summary = _stoppable(lambda: run(found, job, extras, engine), output.path)
    for fault in summary.told:
        say(fault)
    if summary.faults > len(summary.told):
        say(f"{summary.faults - len(summary.told)} more errors; --errors FILE.jsonl lists all")
    if summary.before:
        say(f"{output.path}: complete already, nothing to resume; --force makes it anew")
    elif not quiet:
        for line in str(summary).split("\n"):
            say(line)
    if summary.faults:
        raise SystemExit(FAILED_INPUT)


def _stoppable(work: Callable[[], Any], path: str) -> Any:
    try:
        return work()
    except KeyboardInterrupt:
        say("stopped" + ("" if path == "-" else "; what is finished is kept, the same command with --resume goes on"))
        raise SystemExit(STOPPED) from None
