"""`python -m tests.fuzz`: many inputs by hand; faults are listed with the number to repeat them."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.fuzz.inputs import make
from tests.fuzz.running import faults

PROGRESS = 100


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="inputs to try")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="try one input by its number")
    parser.add_argument("--keep", type=Path, help="with --only: leave its files in this folder")
    options = parser.parse_args()
    numbers = (
        range(options.first, options.first + options.count)
        if options.only is None
        else [options.only]
    )
    tried: Counter[str] = Counter()
    amiss = 0
    for number in numbers:
        made = make(options.seed, number)
        tried[made.kind] += 1
        if sum(tried.values()) % PROGRESS == 0:
            print(f"{sum(tried.values())} inputs", file=sys.stderr, flush=True)
        for fault in faults(made, options.keep):
            amiss += 1
            print(f"{options.seed}/{number} {made.kind} {made.commands} {fault}", flush=True)
    print(f"{sum(tried.values())} inputs, {amiss} faults; {dict(tried)}")
    return 1 if amiss else 0


if __name__ == "__main__":
    sys.exit(main())
