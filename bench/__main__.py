"""`python -m bench` measures everything, `python -m bench desk search` only these; prints the table, keeps the results.

Every bench is a process of its own with a limit of time, so that none disturbs another or outlives the run.
"""

import asyncio
import contextlib
import json
import logging
import os
import platform
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import structlog

from bench.contents import BENCHES, Bench
from bench.figure import Figure
from bench.table import print_table

RESULTS = Path(__file__).parent / "results.json"
ALONE = "--alone"


def main(arguments: list[str]) -> int:
    """Run the named benches, or all."""
    if arguments[:1] == [ALONE]:
        return _measure_here(arguments[1])
    unknown = set(arguments) - {bench.name for bench in BENCHES}
    if unknown:
        print(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(b.name for b in BENCHES)}")
        return 2
    chosen = [bench for bench in BENCHES if not arguments or bench.name in arguments]
    load = os.getloadavg()[0]
    started, figures = time.monotonic(), list[Figure]()
    for bench in chosen:
        print(f"{bench.name} …", file=sys.stderr, flush=True)
        figures += _measure_aside(bench)
    print_table(figures, seconds=time.monotonic() - started)
    print(
        f"Before the run the load was {load:.1f} on {os.cpu_count()} cores; what other programs take is missing here."
    )
    _keep(figures, load=load)
    return 0


def _measure_here(name: str) -> int:
    """Be the process of one bench: print its figures as JSON."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    bench = next(bench for bench in BENCHES if bench.name == name)
    figures = asyncio.run(_in_time(bench))
    print(json.dumps([asdict(figure) for figure in figures]))
    return 0


async def _in_time(bench: Bench) -> list[Figure]:
    async with asyncio.timeout(bench.seconds):
        return await bench.measure()()


def _measure_aside(bench: Bench) -> list[Figure]:
    command = [sys.executable, "-m", "bench", ALONE, bench.name]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said, _ = child.communicate(timeout=bench.seconds + 20)
        return [Figure(**each) for each in json.loads(said)]
    except (subprocess.TimeoutExpired, ValueError):
        note = "it did not end in time" if child.poll() is None else "it failed: see above"
        return [Figure(name=bench.name, says=bench.name, measured=None, unit="", note=note)]
    finally:
        # The session is the bench's own: its children end with it, and nothing else.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _keep(figures: list[Figure], *, load: float) -> None:
    """Write the results; a run of some benches leaves the others' last figures in place."""
    try:
        known = json.loads(RESULTS.read_text())["figures"]
    except (OSError, ValueError, KeyError, TypeError):
        known = []
    measured = {figure.name.partition(".")[0] for figure in figures}
    others = [each for each in known if each["name"].partition(".")[0] not in measured]
    results = {
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_before": round(load, 2),
        "figures": others + [asdict(figure) | {"is_met": figure.is_met} for figure in figures],
    }
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
