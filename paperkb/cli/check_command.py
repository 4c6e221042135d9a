"""``paperkb check``: what is wrong in a vault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from paperkb.cli.output import counted, plain, print_json, styled
from paperkb.cli.records import problem_record
from paperkb.cli.vault import open_vault
from paperkb.model import Problem

_LEVELS = ("error", "warning", "info")
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print a list of problems, all severities.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="`github` prints workflow annotations.",
)
@click.option(
    "--severity",
    type=click.Choice(_LEVELS),
    help="Show this severity and worse [default: warning; with --json: info].",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.pass_context
def command(
    context: click.Context, as_json: bool, form: str, severity: str | None, strict: bool
) -> None:
    """Find what is wrong: unresolved and ambiguous links, duplicate keys and ids, invalid fields.

    Prints `path:line:col: severity CODE message`. Exits with 1 if there are errors.
    """
    from paperkb.checks.all import run_checks
    from paperkb.graph.network import ReferenceGraph

    library = open_vault(context).library()
    problems = run_checks(library, ReferenceGraph(library))
    level = _LEVELS.index(severity or ("info" if as_json else "warning"))
    shown = [problem for problem in problems if _LEVELS.index(problem.severity) <= level]
    if as_json:
        print_json([problem_record(problem) for problem in shown])
    else:
        for problem in shown:
            click.echo(_annotation(problem) if form == "github" else _line(problem))
        _summarise(problems, len(problems) - len(shown))
    failing = ("error", "warning") if strict else ("error",)
    raise SystemExit(1 if any(problem.severity in failing for problem in problems) else 0)


def _line(problem: Problem) -> str:
    severity = styled(problem.severity, fg=_COLOURS[problem.severity])
    hint = f" {problem.hint}" if problem.hint else ""
    place, text = plain(str(problem.place)), plain(f"{problem.message.rstrip('.')}.{hint}")
    return f"{place}: {severity} {problem.code} {text}"


def _annotation(problem: Problem) -> str:
    """A GitHub workflow command. https://docs.github.com/actions/reference/workflow-commands"""
    place = problem.place
    path = _escaped(place.path).replace(":", "%3A").replace(",", "%2C")
    where = f"file={path},line={max(place.line, 1)},col={max(place.column, 1)}"
    hint = f" {problem.hint}" if problem.hint else ""
    text = _escaped(f"{problem.message.rstrip('.')}.{hint}")
    return f"::{_GITHUB[problem.severity]} {where},title={problem.code}::{text}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _summarise(problems: Sequence[Problem], hidden: int) -> None:
    counts = Counter[str](problem.severity for problem in problems)
    parts = [counted(counts[level], level) for level in _LEVELS[:2] if counts[level]]
    summary = ", ".join(parts) or "no problems"
    more = f"; {counted(hidden, 'remark')} hidden (--severity info)" if hidden else ""
    click.echo(f"{summary}{more}", err=True)
