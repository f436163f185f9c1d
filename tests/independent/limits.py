"""Upper limits on d in GeV^-1."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import NormalDist

from chi_squares import ChiSquare, Counting, IonisationFit
from predictions import Experiment

GEV_PER_MEV = 1e-3


def step_of(level: float, sides: str) -> float:
    """Rise of chi-square at the end of a two-sided interval, or at a one-sided limit (one degree of freedom)."""
    share = level if sides == "one" else (1 + level) / 2
    return NormalDist().inv_cdf(share) ** 2


def strength_limit(chi2: ChiSquare, rise: float) -> float | None:
    """Largest d^2 at which the least chi-square is `rise` above its minimum over d^2 >= 0."""
    if max(chi2.dipole) <= 0:
        return None

    def at(strength: float, start: list[float]) -> tuple[float, float, list[float]]:
        value, nuisances = chi2.minimise(strength, start)
        if start is not chi2.start:
            other = chi2.minimise(strength, chi2.start)
            value, nuisances = min((value, nuisances), other)
        return value, chi2.slope(strength, nuisances), nuisances

    base, slope, nuisances = at(0.0, chi2.start)
    # A strength that gives one recoil, or a hundredth of those of the SM: the search only needs the order.
    low, high = 0.0, 1.0 / sum(chi2.dipole) * max(1.0, 0.01 * sum(chi2.sm))
    least = base
    if slope < 0:
        # The minimum is where the slope passes zero: out to a positive slope, then in by halves.
        value, rising, there = at(high, nuisances)
        while rising < 0:
            low, high = high, 2 * high
            value, rising, there = at(high, there)
        for _ in range(60):
            middle = (low + high) / 2
            value, rising, there = at(middle, there)
            least = min(least, value)
            low, high = (middle, high) if rising < 0 else (low, middle)
            if high - low < 1e-9 * high or abs(rising) * (high - low) < 1e-8:
                break
        nuisances = there
    goal = least + rise
    bottom, top = low, high
    value, _, there = at(top, nuisances)
    while value < goal:
        bottom, top = top, 2 * top
        value, _, there = at(top, there)
    # Newton's steps kept inside of the bracket.
    guess = top
    value, slope, there = at(guess, there)
    for _ in range(100):
        if value > goal:
            top = guess
        else:
            bottom = guess
        guess = guess - (value - goal) / slope if slope > 0 else math.inf
        if not bottom < guess < top:
            guess = (bottom + top) / 2
        value, slope, there = at(guess, there)
        if abs(value - goal) < 1e-7 or top - bottom < 1e-10 * top:
            break
    return guess


@dataclass
class Case:
    """What is asked: an experiment, a flavour or weights of all three, a mass in MeV, changed inputs."""

    experiment: str
    flavor: str
    mass_mev: float
    quenching: str = "fef"
    overrides: Mapping[str, str] = field(default_factory=dict)
    expected: bool = False
    sides: str = "two"
    weights: Mapping[str, float] = field(default_factory=dict)
    printed_sign: bool = False


@dataclass
class Answer:
    """Limit in GeV^-1 (nothing without sensitivity or without an expectation) and chi-square of the SM."""

    limit_per_gev: float | None
    chi2_sm: float | None


class Asked:
    """An experiment at some inputs, asked for several masses and flavours."""

    def __init__(self, case: Case) -> None:
        self.experiment = Experiment(case.experiment, case.overrides, case.quenching)
        self.expected = case.expected
        match self.experiment.inputs.text("statistic"):
            case "counting":
                self.chi2: ChiSquare | None = Counting(self.experiment, case.expected)
            case "ionisation-fit":
                table = Experiment(case.experiment, {}, case.quenching) if case.expected else None
                self.chi2 = IonisationFit(self.experiment, case.expected, table)
            case _:
                self.chi2 = None
        self.chi2_sm = self.chi2.fit_sm() if self.chi2 else None

    def answer(self, case: Case) -> Answer:
        """The 90 % limit."""
        dipole = self.experiment.dipole(case.weights or {case.flavor: 1.0}, case.mass_mev, case.printed_sign).total()
        if self.chi2:
            self.chi2.dipole = dipole
            strength = strength_limit(self.chi2, step_of(0.9, case.sides))
        else:
            strength = self.under_bound(sum(dipole))
        return Answer(math.sqrt(strength) / GEV_PER_MEV if strength else None, self.chi2_sm)

    def room(self) -> float:
        """By how much the bound is above the SM, in units of it (eq. 14)."""
        inputs = self.experiment.inputs
        return inputs.number("flux-bound") / inputs.number("flux") - 1

    def under_bound(self, dipole: float) -> float | None:
        """(N_SM + N_dipole)/N_SM <= bound/flux (eq. 14): a bound belongs to its data and has no expectation."""
        if self.expected or self.room() <= 0 or dipole <= 0:
            return None
        return self.room() * sum(self.experiment.standard_model().total()) / dipole

    def why_no_limit(self) -> str:
        """`no expectation` of a bound, `everything excluded` if the SM is above it, otherwise `no sensitivity`."""
        if self.chi2 is None and self.expected:
            return "no expectation"
        return "everything excluded" if self.chi2 is None and self.room() <= 0 else "no sensitivity"
