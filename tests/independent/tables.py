"""The tables of `data/`: comma-separated rows behind a header of `# key: value` lines."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"


@lru_cache(maxsize=None)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Every row of a table by the names of its columns."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@lru_cache(maxsize=None)
def column(name: str, key: str) -> tuple[float, ...]:
    """One column of a table as numbers."""
    return tuple(float(row[key]) for row in rows(name))


class Inputs:
    """What an experiment's table and `standard_model` say, some of it overridden."""

    def __init__(self, experiment: str, overrides: Mapping[str, str] | None = None) -> None:
        tables = ("standard_model", f"experiments/{experiment}")
        self.values = {row["key"]: row["value"] for table in tables for row in rows(table)}
        for key, value in (overrides or {}).items():
            if key not in self.values:
                raise KeyError(f"{experiment} has no input {key}")
            self.values[key] = value

    def text(self, key: str) -> str:
        """A value as it stands in the table."""
        return self.values[key]

    def number(self, key: str) -> float:
        """A value as a number, in the unit of its row."""
        return float(self.values[key])
