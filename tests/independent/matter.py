"""Nuclei with their form factors, and the electrons of atoms."""

import math
from dataclasses import dataclass

from constants import ATOMIC_UNIT_MEV, ELECTRON_MEV, HBAR_C_MEV_FM, MEV_PER_KEV
from tables import Inputs, rows


@dataclass(frozen=True)
class Nuclide:
    """One nuclide: mass in MeV and u, rms radii and surface thickness in fm."""

    element: str
    protons: int
    neutrons: int
    abundance: float
    atomic_mass_u: float
    mass: float
    proton_radius: float
    neutron_radius: float
    surface: float

    def form_factors(self, recoil: float) -> tuple[float, float]:
        """Helm form factors of protons and neutrons at q = sqrt(2 M T)."""
        q = math.sqrt(2 * self.mass * recoil) / HBAR_C_MEV_FM
        return helm(q, self.proton_radius, self.surface), helm(q, self.neutron_radius, self.surface)

    def weak_charge(self, recoil: float, proton_coupling: float, neutron_coupling: float) -> float:
        """g_p Z F_Z + g_n N F_N (eq. 3)."""
        protons, neutrons = self.form_factors(recoil)
        return proton_coupling * self.protons * protons + neutron_coupling * self.neutrons * neutrons


def helm(q: float, radius: float, surface: float) -> float:
    """3 j1(q R0)/(q R0) exp(-(q s)^2/2), R0^2 = 5/3 (R^2 - 3 s^2); q in fm^-1, lengths in fm."""
    x = q * math.sqrt(5 / 3 * (radius**2 - 3 * surface**2))
    ball = 1 - x * x / 10 + x**4 / 280 if x < 1e-2 else 3 * (math.sin(x) - x * math.cos(x)) / x**3
    return ball * math.exp(-((q * surface) ** 2) / 2)


def nuclides(inputs: Inputs) -> list[Nuclide]:
    """All nuclides of the experiment's elements."""
    scale, surface = inputs.number("nuclear-radius-scale"), inputs.number("form-factor-surface")
    found = []
    for row in rows(inputs.text("nuclides-table")):
        if row["element"] not in inputs.text("elements").split():
            continue
        protons, atomic_mass = int(row["Z"]), float(row["atomic_mass"])
        found.append(
            Nuclide(
                row["element"],
                protons,
                int(row["A"]) - protons,
                float(row["abundance"]),
                atomic_mass,
                atomic_mass * ATOMIC_UNIT_MEV - protons * ELECTRON_MEV,
                float(row["r_proton"]) * scale,
                float(row["r_neutron"]) * scale,
                surface,
            )
        )
    return found


def bindings(element: str, inputs: Inputs) -> list[tuple[float, int]]:
    """Binding energy in MeV and number of electrons of every level in the table of shells."""
    table = rows(inputs.text("shells-table"))
    return [
        (float(row["binding"]) * MEV_PER_KEV, int(row["electrons"])) for row in table if row["element"] == element
    ]


def free_electrons(element: str, protons: int, recoil: float, inputs: Inputs) -> int:
    """Z_eff(T): electrons bound by less than T, all of them, or none, as `electron-binding` says."""
    match inputs.text("electron-binding"):
        case "free":
            return protons
        case "none":
            return 0
    return protons - sum(number for binding, number in bindings(element, inputs) if binding >= recoil)
