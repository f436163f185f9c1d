"""Cross sections per MeV of recoil energy T, in MeV^-3, and their kinematics (energies in MeV)."""

import math
from collections.abc import Callable

from constants import ALPHA, ELECTRON_MEV, FERMI_PER_MEV2

# A cross section at one T as a function of the neutrino's energy.
OfEnergy = Callable[[float], float]


def lowest_energy(recoil: float, target: float, mass: float) -> float:
    """Lowest neutrino energy that gives this recoil (eq. 8, 10): `mass` of N, or 0 in the SM."""
    return (mass * mass + 2 * target * recoil) / (2 * (math.sqrt(recoil * (recoil + 2 * target)) - recoil))


def recoil_range(energy: float, target: float, mass: float) -> tuple[float, float] | None:
    """Recoils that a neutrino of this energy can give, from two-body kinematics in the frame of the centre of mass.

    The recoil is -t/2M; the product of the two ends is (m^4 / 4 s), which keeps the lower one exact for small m.
    """
    s = target * target + 2 * target * energy
    root = math.sqrt(s)
    neutrino = (s - target * target) / (2 * root)
    heavy = (s + mass * mass - target * target) / (2 * root)
    if root <= target + mass or heavy < mass:
        return None
    momentum = math.sqrt(heavy * heavy - mass * mass)
    highest = (2 * neutrino * (heavy + momentum) - mass * mass) / (2 * target)
    return mass**4 / (4 * s * highest), highest


def cevns(recoil: float, target: float, weak_charge: float) -> OfEnergy:
    """Coherent elastic scattering on a nucleus (eq. 2); `weak_charge` is g_p Z F_Z + g_n N F_N (eq. 3)."""
    scale = FERMI_PER_MEV2**2 * target / math.pi * weak_charge**2
    return lambda energy: max(0.0, scale * (1 - target * recoil / (2 * energy * energy)))


def electron_elastic(recoil: float, flavor: str, anti: bool, sin2_weak_angle: float) -> OfEnergy:
    """Scattering on one free electron in the SM (eq. 5, 6)."""
    isospin = 0.5 if flavor == "e" else -0.5
    vector = 2 * sin2_weak_angle + isospin
    axial = -isospin if anti else isospin
    scale = FERMI_PER_MEV2**2 * ELECTRON_MEV / (2 * math.pi)
    minus, plus, mixed = (vector - axial) ** 2, (vector + axial) ** 2, vector**2 - axial**2
    return lambda energy: scale * (
        minus * (1 - recoil / energy) ** 2 + plus - mixed * ELECTRON_MEV * recoil / energy**2
    )


def dipole(recoil: float, target: float, mass: float, printed_sign: bool = False) -> OfEnergy:
    """Dipole portal at d = 1 MeV^-1 on a unit charge of spin 1/2 (eq. 7, 9), in the corrected form or as printed."""
    sign = -1.0 if printed_sign else 1.0

    def at(energy: float) -> float:
        first = mass**2 / (2 * energy * target * recoil) * (1 + sign * (target - recoil) / (2 * energy))
        second = mass**4 * (target - recoil) / (8 * energy**2 * target**2 * recoil**2)
        return ALPHA * (1 / recoil - 1 / energy - first - second)

    return at
