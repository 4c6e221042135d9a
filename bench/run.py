"""Times paperkb beside Hugo, Hugo + Pagefind and MkDocs Material, all in one run.

    make bench                                        # 10,000 notes, every program
    python -m bench.run --sizes 1000 --peers hugo     # a quick look
    python -m bench.run --growth                      # paperkb alone with 100,000 notes as well
    python -m bench.run --write docs/benchmarks.md    # keep the results

It runs in the venv that ``bench/requirements.txt`` describes, and writes below ``build/bench``.
Timings are for people to read; no test asserts any.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench import machine, own
from bench.outcome import Outcome, remove
from bench.page import with_results
from bench.peers import hugo, mkdocs, pagefind
from bench.report import report
from bench.targets import LARGE, REFERENCE, Run

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "bench"
PEERS = ("hugo", "pagefind", "mkdocs")


def main() -> None:
    """Measure, print the tables, and keep them if asked to."""
    options = _options()
    program = own.Program(options.paperkb.absolute())
    runs = {size: _run(program, size, options.peers, options.runs) for size in options.sizes}
    if options.growth and LARGE not in runs:
        runs[LARGE] = _run(program, LARGE, (), options.runs)
    results = report(runs, [*machine.describe(), *machine.versions(program.python)])
    _say(f"\n{results}\n")
    if options.write:
        page = with_results(results, _command(options), date.today())
        options.write.write_text(page, encoding="utf-8")


def _options() -> argparse.Namespace:
    summary, _, more = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python -m bench.run",
        description=summary,
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=_sizes, default=[REFERENCE], help="notes: 1000,10000")
    parser.add_argument("--peers", type=_peers, default=PEERS, help=f"of {','.join(PEERS)}")
    parser.add_argument("--runs", type=int, default=3, help="of each build [%(default)s]")
    parser.add_argument("--growth", action="store_true", help=f"{LARGE:,} notes too, paperkb only")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the results into this page")
    parser.add_argument(
        "--paperkb", type=Path, default=ROOT / ".venv" / "bin" / "paperkb", help="its command"
    )
    return parser.parse_args()


def _command(options: argparse.Namespace) -> str:
    """What to type for the same measurements, without the paths of one machine."""
    sizes = ",".join(map(str, options.sizes))
    growth = " --growth" if options.growth else ""
    peers = ",".join(options.peers)
    return f"python -m bench.run --sizes {sizes} --peers {peers} --runs {options.runs}{growth}"


def _sizes(text: str) -> list[int]:
    return sorted({int(size) for size in text.split(",")})


def _peers(text: str) -> tuple[str, ...]:
    """The programs named; Pagefind reads what Hugo wrote."""
    named = {name for name in text.split(",") if name}
    if unknown := named - set(PEERS):
        raise argparse.ArgumentTypeError(f"no such program: {', '.join(sorted(unknown))}")
    if "pagefind" in named:
        named.add("hugo")
    return tuple(name for name in PEERS if name in named)


def _run(program: own.Program, size: int, peers: Sequence[str], runs: int) -> Run:
    """Everything with vaults of one size: the same vault for every program."""
    vault = WORK / f"vault-{size}"
    _say(f"{size:,} notes: a new vault")
    remove(vault)
    vault.mkdir(parents=True)
    subprocess.run(  # noqa: S603 - our own generator
        (sys.executable, ROOT / "bench" / "vault.py", vault, str(size)), check=True
    )
    measured = _measure_peers(vault, size, peers, runs)
    _say(f"{size:,} notes: paperkb")
    return Run(size, own.measure(program, vault, size, runs), measured)


def _measure_peers(vault: Path, size: int, peers: Sequence[str], runs: int) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    if "hugo" in peers:
        _say(f"{size:,} notes: {hugo.NAME}")
        work = WORK / f"hugo-{size}"
        outcomes[hugo.NAME] = hugo.measure(vault, work, size, runs)
        if "pagefind" in peers:
            _say(f"{size:,} notes: Pagefind")
            outcomes[pagefind.NAME] = pagefind.measure(outcomes[hugo.NAME], work, size, runs)
    if "mkdocs" in peers:
        _say(f"{size:,} notes: {mkdocs.NAME}")
        work = WORK / f"mkdocs-{size}"
        outcomes[mkdocs.NAME] = mkdocs.measure(vault, work, size, runs)
    return outcomes


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - what was measured is this program's output


if __name__ == "__main__":
    main()
