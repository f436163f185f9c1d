"""What a recoil becomes: the share of recoils of energy T (MeV) that counts in every bin (in units of its own)."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from constants import MEV_PER_KEV
from quadrature import crossing, interpolate, nodes_between
from tables import Inputs, column

NUCLEUS, ELECTRON = "nucleus", "electron"


@dataclass(frozen=True)
class Span:
    """Recoils that can count, in MeV, and how finely they have to be taken."""

    low: float
    high: float
    breaks: list[float] = field(default_factory=list)
    ratio: float = 1.1
    widest: float = math.inf
    order: int = 3


class Detector(ABC):
    """A detector with bins of one measured quantity."""

    @abstractmethod
    def span(self, kind: str, protons: int) -> Span:
        """Recoils of this kind of particle that can count."""

    @abstractmethod
    def response(self, recoil: float, kind: str, protons: int) -> list[float]:
        """Probability of every bin."""


class Ionisation(Detector):
    """Germanium: quenched nuclear recoils, a threshold, a Gaussian resolution cut at zero (energies in keV inside)."""

    def __init__(self, inputs: Inputs, quenching: str) -> None:
        self.inputs, self.quenching = inputs, quenching
        self.threshold_kev = inputs.number("ionisation-threshold") * 1e-3
        self.centres = column(inputs.text("data"), "energy")
        half = inputs.number("bin-width") / 2
        self.edges = [self.centres[0] - half, *(centre + half for centre in self.centres)]

    def sigma(self, energy_kev: float) -> float:
        """Resolution in keV: sigma^2 = noise^2 + F eps E."""
        inputs = self.inputs
        fano = inputs.number("fano") * inputs.number("pair-energy") * 1e-3 * energy_kev
        return math.sqrt((inputs.number("noise") * 1e-3) ** 2 + fano)

    def factor(self, recoil_kev: float, protons: int) -> float:
        """Quenching factor Q(T)."""
        if self.quenching == "lindhard":
            epsilon = 11.5 * protons ** (-7 / 3) * recoil_kev
            g = 3 * epsilon**0.15 + 0.7 * epsilon**0.6 + epsilon
            k = self.inputs.number("lindhard-k")
            return k * g / (1 + k * g)
        table = self.inputs.text("quenching-table")
        return interpolate(recoil_kev, column(table, "recoil"), column(table, self.quenching))

    def ionisation_kev(self, recoil: float, kind: str, protons: int) -> float:
        """Ionisation energy of a recoil."""
        recoil_kev = recoil / MEV_PER_KEV
        return recoil_kev if kind == ELECTRON else recoil_kev * self.factor(recoil_kev, protons)

    def span(self, kind: str, protons: int) -> Span:
        def recoil(energy_kev: float) -> float:
            return crossing(lambda t: self.ionisation_kev(t, kind, protons) - energy_kev, 1e-7, 0.1)

        last = self.edges[-1]
        # A panel is no wider than half the resolution.
        widest = 0.5 * self.sigma(0) * MEV_PER_KEV
        return Span(recoil(self.threshold_kev), recoil(last + 7 * self.sigma(last)), [], 1.15, widest, 3)

    def response(self, recoil: float, kind: str, protons: int) -> list[float]:
        energy = self.ionisation_kev(recoil, kind, protons)
        width = math.sqrt(2) * self.sigma(energy)
        scale = 1 / (1 + math.erf(energy / width))
        below = [math.erf((edge - energy) / width) for edge in self.edges]
        return [scale * (high - low) for low, high in zip(below, below[1:])]


class Scintillation(Detector):
    """CsI: light yield, gamma distribution of photoelectrons, efficiency at the measured number of them."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        data = inputs.text("data")
        self.edges = sorted({*column(data, "pe_low"), *column(data, "pe_high")})
        # Nodes of every bin as ln x, x, weight times efficiency; the efficiency has a kink where it leaves zero.
        kink = crossing(self.bare_efficiency, self.edges[0], self.edges[-1])
        self.nodes: list[list[tuple[float, float, float]]] = []
        for low, high in zip(self.edges, self.edges[1:]):
            cuts = [low, *([kink] if low < kink < high else []), high]
            nodes = [node for start, end in zip(cuts, cuts[1:]) for node in nodes_between(start, end, 12)]
            weighted = [(math.log(x), x, weight * max(0.0, self.bare_efficiency(x))) for x, weight in nodes]
            self.nodes.append([node for node in weighted if node[2] > 0])

    def bare_efficiency(self, photoelectrons: float) -> float:
        """The published form of the efficiency before it is cut at zero."""
        number = self.inputs.number
        exponent = -number("efficiency-slope") * (photoelectrons - number("efficiency-middle"))
        return number("efficiency-amplitude") / (1 + math.exp(exponent)) - number("efficiency-offset")

    def electron_equivalent_kev(self, recoil: float, kind: str) -> float:
        """E_ee of a recoil."""
        if kind == ELECTRON:
            return recoil / MEV_PER_KEV
        terms = (self.inputs.number(f"light-yield-{power}") * recoil**power for power in (1, 2, 3, 4))
        return self.inputs.number("light-yield-scale") * sum(terms) / MEV_PER_KEV

    def span(self, kind: str, protons: int) -> Span:
        if kind == NUCLEUS:
            return Span(5e-6, 0.1)
        # Twice as many photoelectrons as the last bin has are far outside of it.
        return Span(1e-5, 2.5 * self.edges[-1] * self.inputs.number("energy-per-photoelectron") * MEV_PER_KEV)

    def response(self, recoil: float, kind: str, protons: int) -> list[float]:
        energy = self.electron_equivalent_kev(recoil, kind)
        if energy <= 0:
            return [0.0] * len(self.nodes)
        b = self.inputs.number("photoelectron-shape") * energy
        rate = self.inputs.number("energy-per-photoelectron") / energy * (1 + b)
        start = (1 + b) * math.log(rate) - math.lgamma(1 + b)
        return [
            sum(weight * math.exp(start + b * logarithm - rate * x) for logarithm, x, weight in nodes)
            for nodes in self.nodes
        ]

    def arrivals(self, arrival: str) -> list[float]:
        """Share of a beam's neutrinos in every bin of time that is kept; the rows of 10 ns are flat inside."""
        data, table = self.inputs.text("data"), self.inputs.text("arrival-table")
        start, rate = self.inputs.number("time-efficiency-start"), self.inputs.number("time-efficiency-rate")
        bins = sorted(set(zip(column(data, "t_low"), column(data, "t_high"))))
        shares = [0.0] * len(bins)
        for low_ns, high_ns, share in zip(column(table, "t_low"), column(table, "t_high"), column(table, arrival)):
            for index, (first, last) in enumerate(bins):
                low, high = max(low_ns * 1e-3, first), min(high_ns * 1e-3, last)
                if low < high:
                    nodes = nodes_between(low, high, 2)
                    kept = sum(weight * math.exp(-rate * max(0.0, time - start)) for time, weight in nodes)
                    shares[index] += share * kept / ((high_ns - low_ns) * 1e-3)
        return [sum(shares)] if self.inputs.text("timing") == "off" else shares


class Efficiency(Detector):
    """Xenon: one bin with an efficiency over the recoil energy, zero below its first row."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        table = inputs.text("efficiency-table")
        self.recoils = column(table, "recoil")
        self.values = column(table, inputs.text("efficiency-column"))

    def span(self, kind: str, protons: int) -> Span:
        low = max(self.recoils[0], self.inputs.number("recoil-low")) * MEV_PER_KEV
        breaks = [recoil * MEV_PER_KEV for recoil in self.recoils]
        return Span(low, self.inputs.number("recoil-high") * MEV_PER_KEV, breaks, 1.3)

    def response(self, recoil: float, kind: str, protons: int) -> list[float]:
        return [interpolate(recoil / MEV_PER_KEV, self.recoils, self.values)]


def detector(inputs: Inputs, quenching: str) -> Detector:
    """The experiment's detector."""
    match inputs.text("detector"):
        case "ionisation":
            return Ionisation(inputs, quenching)
        case "scintillation":
            return Scintillation(inputs)
        case "efficiency":
            return Efficiency(inputs)
    raise ValueError(f"no detector {inputs.text('detector')}")
