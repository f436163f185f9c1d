"""The values of `tests/data/reference.json`, computed here: deviations relative to the tolerances of PHYSICS.md."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from constants import CM2_PER_INVERSE_MEV2, ELECTRON_MEV, MEV_PER_KEV
from cross_sections import cevns, dipole, electron_elastic, lowest_energy
from limits import Asked, Case
from matter import nuclides
from predictions import Experiment
from tables import Inputs

TOLERANCES = {"cross_sections": 1e-6, "ideal_spectra": 1e-4, "events": 2e-3, "limits": 1e-2}
Deviation = tuple[str, str, float, float]


def cross_section(case: dict) -> float:
    """cm2/MeV of one case."""
    energy, recoil, mass = case["energy_MeV"], case["recoil_keV"] * MEV_PER_KEV, case["mass_MeV"]
    strength = (case["coupling_per_GeV"] * MEV_PER_KEV) ** 2
    if case["target"] == "electron":
        if energy < lowest_energy(recoil, ELECTRON_MEV, mass):
            return 0.0
        if case["process"] == "electron":
            return electron_elastic(recoil, case["flavor"], case["anti"], 0.23863)(energy) * CM2_PER_INVERSE_MEV2
        return dipole(recoil, ELECTRON_MEV, mass)(energy) * strength * CM2_PER_INVERSE_MEV2
    element, number = re.fullmatch(r"([A-Z][a-z]?)(\d+)", case["target"]).groups()
    inputs = Inputs({"Ge": "dresden-ii", "Xe": "xenon1t"}.get(element, "coherent-csi"))
    found = [nuclide for nuclide in nuclides(inputs) if nuclide.element == element]
    (nuclide,) = [nuclide for nuclide in found if nuclide.protons + nuclide.neutrons == int(number)]
    if energy < lowest_energy(recoil, nuclide.mass, mass):
        return 0.0
    if case["process"] == "cevns":
        couplings = inputs.number(f"proton-coupling-{case['flavor']}"), inputs.number("neutron-coupling")
        return cevns(recoil, nuclide.mass, nuclide.weak_charge(recoil, *couplings))(energy) * CM2_PER_INVERSE_MEV2
    charge = (nuclide.protons * nuclide.form_factors(recoil)[0]) ** 2
    return charge * dipole(recoil, nuclide.mass, mass)(energy) * strength * CM2_PER_INVERSE_MEV2


def compare(path: Path) -> Iterator[Deviation]:
    """Part, what, ours and theirs of every value; bins below 1 % of the largest are left out."""
    golden = json.loads(path.read_text(encoding="utf-8"))
    for case in golden["cross_sections"]:
        what = f"{case['process']} {case['target']} {case['mass_MeV']} MeV"
        yield "cross_sections", what, cross_section(case), case["cm2_per_MeV"]
    for case in golden["ideal_spectra"]:
        experiment = Experiment(case["experiment"])
        strength = (case["coupling_per_GeV"] * MEV_PER_KEV) ** 2
        for kev, sm, np in zip(case["recoil_keV"], case["sm_per_keV"], case["dipole_per_keV"]):
            what = f"{case['experiment']} at {kev} keV"
            yield "ideal_spectra", f"SM {what}", experiment.ideal_per_kev(kev, None, 0.0), sm
            ours = strength * experiment.ideal_per_kev(kev, {case["flavor"]: 1.0}, case["mass_MeV"])
            yield "ideal_spectra", f"dipole {what}", ours, np
    for case in golden["events"]:
        yield from events(case)
    for case in golden["limits"]:
        first = Case(case["experiment"], case["flavor"], 1.0, case.get("quenching", "fef"))
        asked = Asked(first)
        for mass, limit in zip(case["mass_MeV"], case["limit90_per_GeV"]):
            first.mass_mev = mass
            what = f"{case['experiment']} {case['flavor']} {case.get('quenching', '')} {mass} MeV"
            yield "limits", what, asked.answer(first).limit_per_gev or 0.0, limit
    yield "limits", "chi-square of the SM, Dresden-II fef", Asked(Case("dresden-ii", "e", 1.0)).chi2_sm or 0.0, 103.81


def events(case: dict) -> Iterator[Deviation]:
    """Counts of one experiment."""
    experiment = Experiment(case["experiment"], {}, case.get("quenching", "fef"))
    strength = (case["coupling_per_GeV"] * MEV_PER_KEV) ** 2
    sm = experiment.standard_model()
    unit = experiment.dipole({case["flavor"]: 1.0}, case["mass_MeV"])
    nucleus, electron = ([strength * value for value in part] for part in (unit.nucleus, unit.electron))
    times = 11

    def by_pe(values: list[float]) -> list[float]:
        return [sum(values[start : start + times]) for start in range(0, len(values), times)]

    def by_time(values: list[float]) -> list[float]:
        return [sum(values[start::times]) for start in range(times)]

    quantities = {
        "cevns_total": lambda: [sum(sm.nucleus)],
        "electron_total": lambda: [sum(sm.electron)],
        "sm_total": lambda: [sum(sm.total())],
        "dipole_nucleus_total": lambda: [sum(nucleus)],
        "dipole_electron_total": lambda: [sum(electron)],
        "cevns_first_bins": lambda: sm.nucleus[:5],
        "dipole_first_bins": lambda: nucleus[:5],
        "sm_by_pe": lambda: by_pe(sm.total()),
        "sm_by_time": lambda: by_time(sm.total()),
        "dipole_by_pe": lambda: by_pe(nucleus),
        "dipole_by_time": lambda: by_time(nucleus),
    }
    for name, ours in quantities.items():
        if name not in case:
            continue
        theirs = case[name] if isinstance(case[name], list) else [case[name]]
        for index, (got, expected) in enumerate(zip(ours(), theirs)):
            if expected >= 0.01 * max(theirs):
                yield "events", f"{case['experiment']} {name} {index}", got, expected
