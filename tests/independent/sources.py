"""Neutrino sources: beams of one flavour, each folded with a cross section by direct quadrature over the energy."""

import math
from abc import ABC, abstractmethod

from constants import MUON_MEV, PION_MEV
from cross_sections import OfEnergy
from quadrature import Nodes, interpolate, nodes_between
from tables import Inputs, column


class Beam(ABC):
    """Neutrinos of one flavour: per cm2 and s from a reactor and the Sun, per cm2 in all from the SNS."""

    flavor: str
    anti = False
    highest: float
    arrival = ""

    @abstractmethod
    def fold(self, cross_section: OfEnergy, lowest: float) -> float:
        """Integral of flux times cross section over energies from `lowest` (MeV) on."""


class Line(Beam):
    """One energy: nu_mu of pions that decay at rest."""

    def __init__(self, number: float) -> None:
        self.flavor, self.arrival, self.number = "mu", "nu_mu", number
        self.highest = (PION_MEV**2 - MUON_MEV**2) / (2 * PION_MEV)

    def fold(self, cross_section: OfEnergy, lowest: float) -> float:
        # The ends of the recoils are those of this very energy: a margin for their rounding.
        return self.number * cross_section(self.highest) if lowest <= self.highest * (1 + 1e-9) else 0.0


class MuonDecay(Beam):
    """nu_e or anti nu_mu of muons that decay at rest."""

    def __init__(self, flavor: str, number: float) -> None:
        self.flavor, self.anti, self.number = flavor, flavor == "mu", number
        self.arrival = "nu_mu_bar" if self.anti else "nu_e"
        self.highest = MUON_MEV / 2

    def density(self, energy: float) -> float:
        """Share per MeV."""
        x = energy / MUON_MEV
        return 64 / MUON_MEV * x * x * (0.75 - x) if self.anti else 192 / MUON_MEV * x * x * (0.5 - x)

    def fold(self, cross_section: OfEnergy, lowest: float) -> float:
        if lowest >= self.highest:
            return 0.0
        nodes = nodes_between(lowest, self.highest, 6)
        return self.number * sum(weight * self.density(energy) * cross_section(energy) for energy, weight in nodes)


class Rows(Beam):
    """A flux that is linear between rows: nodes in every segment, the one with the lowest energy cut there."""

    def __init__(self, flavor: str, anti: bool, energies: list[float], flux: list[float]) -> None:
        self.flavor, self.anti, self.energies, self.flux = flavor, anti, energies, flux
        self.highest = energies[-1]
        self.segments = [self.weighted(low, high) for low, high in zip(energies, energies[1:])]

    def weighted(self, low: float, high: float) -> Nodes:
        """Nodes of a segment with the flux in the weights."""
        nodes = nodes_between(low, high, 4)
        return [(energy, weight * interpolate(energy, self.energies, self.flux)) for energy, weight in nodes]

    def fold(self, cross_section: OfEnergy, lowest: float) -> float:
        total = 0.0
        for low, high, segment in zip(self.energies, self.energies[1:], self.segments):
            if high <= lowest:
                continue
            nodes = self.weighted(lowest, high) if low < lowest else segment
            total += sum(weight * cross_section(energy) for energy, weight in nodes)
        return total


class Solar(Beam):
    """One flavour of 8B neutrinos. The rows are so dense that the spectrum is smooth: a few wide panels over it."""

    def __init__(self, flavor: str, inputs: Inputs) -> None:
        self.flavor = flavor
        spectrum, oscillation = inputs.text("spectrum-table"), inputs.text("oscillation-table")
        self.energies, self.shape = column(spectrum, "energy"), column(spectrum, "pdf")
        self.at = column(oscillation, "energy")
        self.share = column(oscillation, f"{inputs.text('oscillation-set')}_{flavor}")
        self.number = inputs.number("flux")
        self.highest = self.energies[-1]

    def density(self, energy: float) -> float:
        """Flux per MeV."""
        shape = interpolate(energy, self.energies, self.shape)
        return self.number * shape * interpolate(energy, self.at, self.share)

    def fold(self, cross_section: OfEnergy, lowest: float) -> float:
        lowest = max(lowest, self.energies[0])
        if lowest >= self.highest:
            return 0.0
        step = (self.highest - lowest) / 3
        total = 0.0
        for panel in range(3):
            nodes = nodes_between(lowest + panel * step, lowest + (panel + 1) * step, 10)
            total += sum(weight * self.density(energy) * cross_section(energy) for energy, weight in nodes)
        return total


FISSIONS = (("U235", "fission-u235"), ("Pu239", "fission-pu239"), ("U238", "fission-u238"), ("Pu241", "fission-pu241"))


def beams(inputs: Inputs) -> list[Beam]:
    """All beams of the experiment's source."""
    match inputs.text("source"):
        case "reactor":
            table = inputs.text("spectra-table")
            energies = list(column(table, "energy"))
            flux = [0.0] * len(energies)
            for isotope, share in FISSIONS:
                spectrum = column(table, isotope)
                flux = [total + inputs.number(share) * value for total, value in zip(flux, spectrum)]
            trapezoids = zip(energies, energies[1:], flux, flux[1:])
            area = sum((high - low) * (first + second) / 2 for low, high, first, second in trapezoids)
            scale = inputs.number("flux") / area
            return [Rows("e", True, energies, [scale * value for value in flux])]
        case "sns":
            sphere = 4 * math.pi * (inputs.number("distance") * 100) ** 2
            number = inputs.number("protons-on-target") * inputs.number("neutrinos-per-proton") / sphere
            return [Line(number), MuonDecay("e", number), MuonDecay("mu", number)]
        case "sun":
            return [Solar(flavor, inputs) for flavor in ("e", "mu", "tau")]
    raise ValueError(f"no source {inputs.text('source')}")
