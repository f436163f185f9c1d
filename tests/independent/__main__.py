"""`python3 tests/independent golden | overrides | check`: JSON on standard output, what differs on standard error."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.dont_write_bytecode = True

from golden import TOLERANCES, compare  # noqa: E402
from overrides import ASKED, answers  # noqa: E402

DATA = Path(__file__).resolve().parents[1] / "data"
OVERRIDES = DATA / "independent-overrides.json"
# Relative, between machines: mathematical functions differ in the last place, and fits stop a little earlier or later.
SAME = 1e-5


def run_golden() -> bool:
    """Compares with the reference values of the project."""
    largest: dict[str, list] = {}
    failed = 0
    for part, what, ours, theirs in compare(DATA / "reference.json"):
        deviation = abs(ours - theirs) / abs(theirs) if theirs else abs(ours)
        if deviation >= largest.get(part, [0.0])[0]:
            largest[part] = [deviation, what]
        if deviation > TOLERANCES[part]:
            failed += 1
            print(f"{part}, {what}: {ours:.8g} here, {theirs:.8g} there", file=sys.stderr)
    print(json.dumps({"largest_deviations": largest, "beyond_tolerance": failed}, indent=1))
    return failed == 0


def rounded(row: dict) -> dict:
    """A row with numbers of eight digits, and nothing where a chi-square is only rounding."""
    shown = dict(row)
    for key in ("limit_per_gev", "chi2_sm"):
        if shown[key] is not None:
            shown[key] = 0.0 if abs(shown[key]) < 1e-8 else float(f"{shown[key]:.8g}")
    return shown


def all_answers() -> Iterator[dict]:
    """Rows of all experiments."""
    for experiment in ASKED:
        for row in answers(experiment):
            yield rounded(row)
        print(f"{experiment} done", file=sys.stderr)


def run_overrides() -> bool:
    """Prints the file, one case a line."""
    print("[\n" + ",\n".join(json.dumps(row) for row in all_answers()) + "\n]")
    return True


def run_check() -> bool:
    """Computes everything once more and compares it with the file."""
    written = json.loads(OVERRIDES.read_text(encoding="utf-8"))
    computed = list(all_answers())
    numbers = ("limit_per_gev", "chi2_sm")
    failed = 0 if len(written) == len(computed) else 1
    for old, new in zip(written, computed):
        same = {key: value for key, value in old.items() if key not in numbers} == {
            key: value for key, value in new.items() if key not in numbers
        }
        for key in numbers:
            if old[key] is None or new[key] is None:
                same &= old[key] is new[key]
            else:
                same &= abs(old[key] - new[key]) <= SAME * (abs(old[key]) + (key == "chi2_sm"))
        if not same:
            failed += 1
            print(f"in the file: {json.dumps(old)}\ncomputed:    {json.dumps(new)}", file=sys.stderr)
    print(json.dumps({"cases": len(computed), "different": failed}))
    return failed == 0


def main() -> int:
    """The command line."""
    commands = {"golden": run_golden, "overrides": run_overrides, "check": run_check}
    parser = argparse.ArgumentParser(prog="python3 tests/independent", description=__doc__)
    parser.add_argument("command", choices=commands)
    return 0 if commands[parser.parse_args().command]() else 1


if __name__ == "__main__":
    sys.exit(main())
