"""The command line: `hansift COMMAND`; one file a command, loaded only when it is called."""

from __future__ import annotations

import importlib
import os
import sys

import click

from hansift import __version__
from hansift.errors import HansiftError, InputError

COMMANDS = {
    "clean": "Print or write the body of pages.",
    "replay": "Put cleaned pages together again, or clean them by another policy.",
    "label": "Print each line with its label and scores.",
    "restore": "Undo a hijacker's damage to text: injected readings, replaced bytes.",
    "train": "Train a model from labelled pages.",
    "evaluate": "Measure a model on labelled pages.",
    "explain": "Print what moved a line to its label.",
    "data": "Split, check, report, augment and render labelled pages.",
}


class LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"hansift.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    no_args_is_help=True,
)
@click.option("--version", is_flag=True, help="Print the version; with -v also what it runs on.")
@click.option("-v", "--verbose", is_flag=True, hidden=True)
@click.pass_context
def group(context: click.Context, version: bool, verbose: bool) -> None:
    """Label each line of a scraped Chinese page as body, navigation or spam, and keep the body.

    Data goes to standard output, all else to standard error; "-" is a standard stream. Exit code 0: done; 1: some
    input failed, the rest is done; 2: wrong usage, settings or model.
    """
    if version:
        click.echo(f"hansift {__version__}")
        if verbose:
            click.echo(platform_told())
        context.exit()
    if context.invoked_subcommand is None:
        raise click.UsageError("name a command; `hansift --help` lists them")


def platform_told() -> str:
    """What runs the program, a line each; the last says which loops do the work."""
    import platform

    import numpy as np

    from hansift.features.kernels import SWITCH, compiled_wanted

    told = [f"Python {platform.python_version()}, {platform.machine()}", f"numpy {np.__version__}"]
    if compiled_wanted():
        from importlib.metadata import version

        numba = f"numba {version('numba')} from 45 MB of text on; {SWITCH}=plain turns it off"
        return "\n".join([*told, f"loops: compiled, {numba}"])
    return "\n".join([*told, "loops: numpy (pip install 'hansift[fast]' compiles them)"])


def main() -> None:
    """Runs the command line; every known error is a message and an exit code."""
    try:
        group(prog_name="hansift", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("hansift: stopped", err=True)
        raise SystemExit(130) from None
    except BrokenPipeError:
        # the reader of our output has gone, as `head` does: not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except HansiftError as error:
        click.echo(f"hansift: {error}", err=True)
        raise SystemExit(1 if isinstance(error, InputError) else 2) from None
