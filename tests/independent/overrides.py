"""What is changed, and the answers: every input that can be changed, at two values other than the table's.

Inputs of what would have been observed put the expectation in place of the data; `EXPECTED` lists them, as
`dipole-portal inputs` marks them.
"""

from collections.abc import Iterator

from limits import Asked, Case
from tables import Inputs

EXPECTED = {
    "atoms",
    "exposure",
    "noise",
    "background-level",
    "protons-on-target",
    "distance",
    "target-mass",
    "energy-per-photoelectron",
    "efficiency-amplitude",
    "efficiency-slope",
    "efficiency-middle",
    "efficiency-offset",
    "time-efficiency-start",
    "time-efficiency-rate",
    "brn-normalisation",
    "nin-normalisation",
    "ssb-normalisation",
    "target-exposure",
    "recoil-low",
}

SHARED = {
    "proton-coupling-e": ("0.02005", "0.0802"),
    "proton-coupling-mu": ("0.0159", "0.0636"),
    "proton-coupling-tau": ("0.01375", "0.055"),
    "neutron-coupling": ("-0.2547", "-0.7"),
    "sin2-weak-angle": ("0.2", "0.28"),
    "form-factor-surface": ("0.45", "1.8"),
    "nuclear-radius-scale": ("0.7", "1.4"),
    "electron-binding": ("free", "none"),
}

DRESDEN_II = {
    "flux": ("2.4e13", "9.6e13"),
    "fission-u235": ("0.29", "1"),
    "fission-pu239": ("0.145", "0.58"),
    "fission-u238": ("0.04", "0.5"),
    "fission-pu241": ("0.025", "0.5"),
    "atoms": ("1.215e25", "2.43e27"),
    "exposure": ("48.2", "9640"),
    "detector-size": ("0.045", "0.18"),
    "ionisation-threshold": ("50", "150"),
    "noise": ("45", "100"),
    "fano": ("0", "0.5"),
    "pair-energy": ("1.48", "5.92"),
    "signal-uncertainty": ("0.01", "0.2"),
    "m-shell-ratio": ("0.08", "0.32"),
    "m-shell-prior": ("off",),
    "m-shell-uncertainty": ("0.01", "0.15"),
    "l2-ratio": ("0.004", "0.08"),
    "background-level": ("0.1", "4"),
    **SHARED,
}

COHERENT_CSI = {
    "protons-on-target": ("1.599e23", "3.198e25"),
    "neutrinos-per-proton": ("0.0424", "0.1272"),
    "distance": ("9.65", "38.6"),
    "target-mass": ("7.3", "1460"),
    "detector-size": ("0.075", "0.3"),
    "light-yield-scale": ("0.7", "1.5"),
    "energy-per-photoelectron": ("0.04", "0.15"),
    "photoelectron-shape": ("3", "30"),
    "efficiency-amplitude": ("0.7", "1.3"),
    "efficiency-slope": ("0.14", "0.8"),
    "efficiency-middle": ("5", "20"),
    "efficiency-offset": ("0.5", "0.8"),
    "time-efficiency-start": ("0.2", "2"),
    "time-efficiency-rate": ("0.01", "0.3"),
    "timing": ("off",),
    "signal-uncertainty": ("0.03", "0.5"),
    "brn-uncertainty": ("0.05", "1"),
    "nin-uncertainty": ("0.05", "1.5"),
    "ssb-uncertainty": ("0.003", "0.2"),
    "brn-normalisation": ("0", "10"),
    "nin-normalisation": ("0", "10"),
    "ssb-normalisation": ("0.1", "5"),
    **SHARED,
}

XENON1T = {
    "flux": ("2.58e6", "1e7"),
    "oscillation-set": ("maximal",),
    "target-exposure": ("0.3", "6"),
    "detector-size": ("0.5", "2"),
    "recoil-low": ("0.7", "2"),
    "flux-bound": ("7e6", "2.8e7"),
    **SHARED,
}

# At the larger flux and at the smaller bound the SM alone is above it.
PANDAX_4T = {**XENON1T, "flux-bound": ("4.5e6", "1.8e7")}

# Every experiment with the questions that are asked of it: quenching, flavour, mass in MeV.
Question = tuple[str, str, float]
ASKED: dict[str, tuple[dict[str, tuple[str, ...]], tuple[Question, ...]]] = {
    "dresden-ii": (
        DRESDEN_II,
        (("fef", "e", 0.1), ("fef", "e", 3.0), ("ybe", "e", 1.0), ("lindhard", "e", 0.05), ("lindhard", "e", 2.0)),
    ),
    "coherent-csi": (COHERENT_CSI, (("fef", "mu", 1.0), ("fef", "mu", 30.0), ("fef", "e", 10.0))),
    "xenon1t": (XENON1T, (("fef", "tau", 0.1), ("fef", "tau", 5.0), ("fef", "e", 8.0))),
    "pandax-4t": (PANDAX_4T, (("fef", "tau", 0.5), ("fef", "mu", 6.0))),
}

# Several inputs at once, and expectations where only theory or uncertainties are changed.
TOGETHER: tuple[tuple[str, dict[str, str], bool], ...] = (
    ("dresden-ii", {}, True),
    ("dresden-ii", {"exposure": "1000", "atoms": "1e26", "noise": "60"}, False),
    ("dresden-ii", {"exposure": "964", "signal-uncertainty": "0.1"}, False),
    ("dresden-ii", {"exposure": "964", "m-shell-uncertainty": "0.1"}, False),
    ("dresden-ii", {"exposure": "964", "m-shell-prior": "off"}, False),
    ("dresden-ii", {"m-shell-ratio": "0.32"}, True),
    ("dresden-ii", {"flux": "9.6e13"}, True),
    ("dresden-ii", {"ionisation-threshold": "100"}, True),
    ("dresden-ii", {"electron-binding": "free", "sin2-weak-angle": "0.28"}, False),
    ("coherent-csi", {}, True),
    ("coherent-csi", {"timing": "off", "target-mass": "100"}, False),
    ("coherent-csi", {"timing": "off", "signal-uncertainty": "0.05"}, False),
    ("coherent-csi", {"neutrinos-per-proton": "0.1696"}, True),
    ("coherent-csi", {"protons-on-target": "1e25", "ssb-normalisation": "0.1", "efficiency-middle": "8"}, False),
    ("xenon1t", {"flux": "5e6", "oscillation-set": "maximal", "recoil-low": "0"}, False),
    ("pandax-4t", {"flux": "5e6", "flux-bound": "8e6"}, False),
    # Where recoils far below 1 keV are seen.
    ("coherent-csi", {"efficiency-middle": "4"}, False),
    ("coherent-csi", {"efficiency-slope": "0.1"}, False),
)



def is_expected(experiment: str, changes: dict[str, str], asked: bool) -> bool:
    """Whether the data give way: when that is asked for, or a changed input is one of what would have been observed."""
    table = Inputs(experiment)
    return asked or any(key in EXPECTED and float(value) != table.number(key) for key, value in changes.items())


def changes_of(experiment: str) -> Iterator[tuple[dict[str, str], bool]]:
    """Nothing, every input by itself, several together."""
    yield {}, False
    for key, values in ASKED[experiment][0].items():
        for value in values:
            yield {key: value}, False
    for name, changes, asked in TOGETHER:
        if name == experiment:
            yield changes, asked


def cases(experiment: str) -> Iterator[list[Case]]:
    """Cases, those of the same inputs together, since they share the SM and its fit."""
    for changes, asked in changes_of(experiment):
        expected = is_expected(experiment, changes, asked)
        groups: dict[str, list[Case]] = {}
        for quenching, flavor, mass in ASKED[experiment][1]:
            case = Case(experiment, flavor, mass, quenching, changes, expected)
            groups.setdefault(quenching, []).append(case)
        yield from groups.values()
    if experiment == "dresden-ii":
        for k in ("0.1", "0.157", "0.2"):
            yield [Case(experiment, "e", mass, "lindhard", {"lindhard-k": k}) for mass in (0.05, 2.0)]
        yield [Case(experiment, "e", 20.0)]
    for quenching, flavor, mass in ASKED[experiment][1]:
        yield [Case(experiment, flavor, mass, quenching, printed_sign=True)]
        if experiment in ("dresden-ii", "coherent-csi"):
            yield [Case(experiment, flavor, mass, quenching, sides="one")]
        if experiment != "dresden-ii":
            yield [Case(experiment, flavor, mass, weights={"e": 1.0, "mu": 0.5, "tau": 2.0})]


def answers(experiment: str) -> Iterator[dict]:
    """Every case as a row of the file."""
    for group in cases(experiment):
        asked = Asked(group[0])
        for case in group:
            answer = asked.answer(case)
            row = {
                "experiment": case.experiment,
                "flavor": case.flavor,
                "quenching": case.quenching,
                "mass_mev": case.mass_mev,
                "set": dict(case.overrides),
                "expected": case.expected,
                "limit_per_gev": answer.limit_per_gev,
                "chi2_sm": answer.chi2_sm,
            }
            if answer.limit_per_gev is None:
                row["no_limit"] = asked.why_no_limit()
            if case.sides != "two":
                row["sides"] = case.sides
            if case.weights:
                row["weights"] = dict(case.weights)
            if case.printed_sign:
                row["printed_sign"] = True
            yield row
