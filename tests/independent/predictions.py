"""Expected counts of an experiment: the SM, and the dipole portal at d = 1 MeV^-1."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from constants import (
    AVOGADRO,
    CM2_PER_INVERSE_MEV2,
    DAYS_PER_YEAR,
    ELECTRON_MEV,
    MEV_PER_KEV,
    SECONDS_PER_DAY,
)
from cross_sections import OfEnergy, cevns, dipole, electron_elastic, lowest_energy, recoil_range
from detectors import ELECTRON, NUCLEUS, Scintillation, detector
from matter import Nuclide, bindings, free_electrons, nuclides
from quadrature import panels
from sources import Beam, beams
from tables import Inputs

# Cross section of one target at a recoil energy for a beam.
OfRecoil = Callable[[float, Beam], OfEnergy]


def targets(inputs: Inputs) -> list[tuple[Nuclide, float]]:
    """Nuclides with their number of atoms, times seconds where the flux is one per second (days stay for a rate)."""
    found = nuclides(inputs)
    match inputs.text("source"):
        case "reactor":
            scale = inputs.number("atoms") * SECONDS_PER_DAY
        case "sns":
            # One atom of each element: kg in g over the molar mass of the compound.
            molar = sum(nuclide.abundance * nuclide.atomic_mass_u for nuclide in found)
            scale = inputs.number("target-mass") * 1e3 / molar * AVOGADRO
        case _:
            grams_seconds = inputs.number("target-exposure") * 1e6 * DAYS_PER_YEAR * SECONDS_PER_DAY
            scale = grams_seconds / inputs.number("molar-mass") * AVOGADRO
    return [(nuclide, nuclide.abundance * scale) for nuclide in found]


@dataclass(frozen=True)
class Prediction:
    """Counts in every bin by recoils of nuclei and electrons."""

    nucleus: list[float]
    electron: list[float]

    def total(self) -> list[float]:
        """Both together."""
        return [first + second for first, second in zip(self.nucleus, self.electron)]


class Experiment:
    """An experiment at some inputs."""

    def __init__(self, name: str, overrides: Mapping[str, str] | None = None, quenching: str = "fef") -> None:
        self.name = name
        self.inputs = Inputs(name, overrides)
        self.beams = beams(self.inputs)
        self.targets = targets(self.inputs)
        self.detector = detector(self.inputs, quenching)

    def couplings(self, flavor: str) -> tuple[float, float]:
        """g_p and g_n (eq. 4)."""
        return self.inputs.number(f"proton-coupling-{flavor}"), self.inputs.number("neutron-coupling")

    def binned(self, kind: str, weights: Mapping[str, float], mass: float, sections: list["Target"]) -> list[float]:
        """Counts in every bin of energy, and of time inside where there are, each beam weighted by its flavour."""
        counts: list[float] = []
        for beam in self.beams:
            arrivals = self.detector.arrivals(beam.arrival) if isinstance(self.detector, Scintillation) else [1.0]
            weight = weights.get(beam.flavor, 0.0)
            energies = self.by_energy(kind, beam, mass, sections) if weight else None
            if energies is None:
                energies = [0.0] * len(self.detector.response(MEV_PER_KEV, kind, sections[0].protons))
            part = [weight * value * share for value in energies for share in arrivals]
            counts = [first + second for first, second in zip(counts, part)] if counts else part
        return counts

    def by_energy(self, kind: str, beam: Beam, mass: float, sections: list["Target"]) -> list[float] | None:
        """Counts in bins of energy from one beam, or nothing where it gives no recoils."""
        totals: list[float] | None = None
        for target in sections:
            span = self.detector.span(kind, target.protons)
            allowed = recoil_range(beam.highest, target.mass, mass)
            if allowed is None:
                continue
            low, high = max(span.low, allowed[0]), min(span.high, allowed[1])
            nodes = panels(low, high, span.ratio, span.widest, [*span.breaks, *target.steps], span.order)
            for recoil, width in nodes:
                lowest = lowest_energy(recoil, target.mass, mass)
                rate = beam.fold(target.cross_section(recoil, beam), lowest)
                rate *= width * target.number(recoil) * CM2_PER_INVERSE_MEV2
                if rate == 0:
                    continue
                response = self.detector.response(recoil, kind, target.protons)
                if totals is None:
                    totals = [0.0] * len(response)
                totals = [total + rate * share for total, share in zip(totals, response)]
        return totals

    def nuclei(self, of: Callable[[Nuclide], OfRecoil]) -> list["Target"]:
        """Every nuclide as a target."""
        return [
            Target(nuclide.mass, nuclide.protons, [], lambda _, number=number: number, of(nuclide))
            for nuclide, number in self.targets
        ]

    def electrons(self, of: OfRecoil) -> list["Target"]:
        """The electrons of every element as a target; xenon's do not count here."""
        found = []
        if self.inputs.text("detector") == "efficiency" or self.inputs.text("electron-binding") == "none":
            return found
        for element in self.inputs.text("elements").split():
            isotopes = [(nuclide, number) for nuclide, number in self.targets if nuclide.element == element]
            protons, atoms = isotopes[0][0].protons, sum(number for _, number in isotopes)
            steps = [binding for binding, _ in bindings(element, self.inputs)]

            def number(recoil: float, element: str = element, protons: int = protons, atoms: float = atoms) -> float:
                return atoms * free_electrons(element, protons, recoil, self.inputs)

            found.append(Target(ELECTRON_MEV, protons, steps, number, of))
        return found

    def predict(
        self,
        weights: Mapping[str, float],
        mass: float,
        of_nucleus: Callable[[Nuclide], OfRecoil],
        of_electron: OfRecoil,
    ) -> Prediction:
        """Counts of both kinds of recoils."""
        nucleus = self.binned(NUCLEUS, weights, mass, self.nuclei(of_nucleus))
        electrons = self.electrons(of_electron)
        electron = self.binned(ELECTRON, weights, mass, electrons) if electrons else [0.0] * len(nucleus)
        return Prediction(nucleus, electron)

    def standard_model(self) -> Prediction:
        """CEvNS and neutrino-electron scattering of all flavours."""

        def of_nucleus(nuclide: Nuclide) -> OfRecoil:
            return lambda recoil, beam: cevns(
                recoil, nuclide.mass, nuclide.weak_charge(recoil, *self.couplings(beam.flavor))
            )

        def of_electron(recoil: float, beam: Beam) -> OfEnergy:
            return electron_elastic(recoil, beam.flavor, beam.anti, self.inputs.number("sin2-weak-angle"))

        return self.predict({"e": 1, "mu": 1, "tau": 1}, 0.0, of_nucleus, of_electron)

    def dipole(self, weights: Mapping[str, float], mass: float, printed_sign: bool = False) -> Prediction:
        """The dipole portal at d = 1 MeV^-1; couplings to the flavours are multiples of d."""

        def of_nucleus(nuclide: Nuclide) -> OfRecoil:
            def at(recoil: float, _: Beam) -> OfEnergy:
                charge = (nuclide.protons * nuclide.form_factors(recoil)[0]) ** 2
                bare = dipole(recoil, nuclide.mass, mass, printed_sign)
                return lambda energy: charge * bare(energy)

            return at

        def of_electron(recoil: float, _: Beam) -> OfEnergy:
            return dipole(recoil, ELECTRON_MEV, mass, printed_sign)

        squares = {flavor: weight * weight for flavor, weight in weights.items()}
        return self.predict(squares, mass, of_nucleus, of_electron)

    def ideal_per_kev(self, recoil_kev: float, weights: Mapping[str, float] | None, mass: float) -> float:
        """Nuclear recoils per keV over the exposure without a detector (fig. 1): the SM, or the dipole at 1 MeV^-1."""
        recoil, total = recoil_kev * MEV_PER_KEV, 0.0
        days = self.inputs.number("exposure") if self.inputs.text("source") == "reactor" else 1.0
        for nuclide, number in self.targets:
            lowest = lowest_energy(recoil, nuclide.mass, mass)
            proton, _ = nuclide.form_factors(recoil)
            for beam in self.beams:
                if weights is None:
                    charge = nuclide.weak_charge(recoil, *self.couplings(beam.flavor))
                    rate = beam.fold(cevns(recoil, nuclide.mass, charge), lowest)
                else:
                    rate = beam.fold(dipole(recoil, nuclide.mass, mass), lowest)
                    rate *= (nuclide.protons * proton * weights.get(beam.flavor, 0.0)) ** 2
                total += rate * number * days
        return total * CM2_PER_INVERSE_MEV2 * MEV_PER_KEV


@dataclass(frozen=True)
class Target:
    """What recoils: mass in MeV, charge of its atom, recoils (MeV) at which its number jumps, number, cross section."""

    mass: float
    protons: int
    steps: list[float]
    number: Callable[[float], float]
    cross_section: OfRecoil
