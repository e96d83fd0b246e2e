"""`hansift replay`: cleaned pages put together again."""

from __future__ import annotations

from typing import Any, Literal

import click

from hansift.cli.common import say, setting_options
from hansift.io.replay import Replay, replay
from hansift.io.settings import resolve
from hansift.model.decode import POLICIES, Policy


@click.command("replay")
@click.argument("removed", metavar="REMOVED.jsonl")
@click.argument("cleaned", metavar="CLEANED")
@click.option("-o", "--out", required=True, metavar="OUT", help="A file, or a folder if CLEANED is one.")
@click.option(
    "--policy",
    type=click.Choice(["none", *POLICIES]),
    default="none",
    show_default=True,
    help="none gives the pages as they came, another cleans them by it.",
)
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
@setting_options("text_key", "id_key", "url_key", "drop_empty")
def command(
    removed: str, cleaned: str, out: str, policy: Literal["none"] | Policy, force: bool, **options: Any
) -> None:
    """Put pages together again, without the model, from what `clean -o CLEANED --removed REMOVED.jsonl` wrote."""
    settings, _ = resolve(options)
    count = replay(Replay(removed, cleaned, out, None if policy == "none" else policy, force), settings)
    say(f"{out}: {count} pages")
