//! Recoils off dark matter in the halo of the Galaxy: what published limits on WIMPs are compared with. The page does not have it.

use crate::experiment::Experiment;
use crate::physics::cross_section::Target;
use crate::physics::matter::Nuclide;
use crate::physics::units::ATOMIC_MASS_UNIT_MEV;
use std::f64::consts::{PI, TAU};

/// Speed of light, in km/s (exact).
const LIGHT_KM_S: f64 = 299_792.458;
/// cm in one km.
const CM_PER_KM: f64 = 1e5;
/// MeV in one GeV.
const MEV_PER_GEV: f64 = 1e3;
/// Dates over which the speed of the Earth is averaged: it is right to 1e-6.
const DATES: u32 = 12;

/// The standard halo: in the rest frame of the Galaxy `f(v)` is proportional to `exp(-v^2/v_0^2)` up to the escape speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Halo {
    /// Mass of dark matter here, in GeV/cm^3.
    pub(super) density_gev_per_cm3: f64,
    /// v_0, in km/s: the speed of the local standard of rest.
    pub(super) circular_km_s: f64,
    /// Escape speed, in km/s, above that of the Earth.
    pub(super) escape_km_s: f64,
    /// Velocity of the Sun beside that of the local standard of rest, in km/s: towards the centre of the Galaxy, along its rotation, to its north pole.
    pub(super) sun_km_s: [f64; 3],
    /// Speed of the Earth in its orbit, in km/s.
    pub(super) orbit_km_s: f64,
}

impl Halo {
    /// The values on which experiments have agreed: Baxter et al., EPJC 81, 907 (2021), arXiv:2105.00599, table 1 and section 2.
    pub(super) const AGREED: Self = Self {
        density_gev_per_cm3: 0.3,
        circular_km_s: 238.0,
        escape_km_s: 544.0,
        sun_km_s: [11.1, 12.2, 7.3],
        orbit_km_s: 29.8,
    };

    /// Speed of the Earth in the rest frame of the Galaxy, in km/s, its mean over a year on a circular orbit: 252.1 km/s for [`Self::AGREED`], 1.6 km/s
    /// above that of the Sun. At an angle `phi` along the orbit its square is `u^2 + w^2 + 2 u_plane w cos(phi)`, with the Sun's speed `u`, its part in the
    /// plane of the orbit, and the speed `w` in the orbit.
    pub(super) fn earth_km_s(&self) -> f64 {
        // The pole of the ecliptic: galactic longitude 96.38 and latitude 29.81 degrees.
        const POLE: [f64; 3] = [-0.0965, 0.8623, 0.4971];
        let [inwards, along, up] = self.sun_km_s;
        let sun = [inwards, along + self.circular_km_s, up];
        let square: f64 = sun.iter().map(|part| part * part).sum();
        let upright: f64 = sun.iter().zip(POLE).map(|(part, pole)| part * pole).sum();
        let in_plane = (square - upright * upright).max(0.0).sqrt();
        let speed = |date: u32| {
            let cos = (TAU * f64::from(date) / f64::from(DATES)).cos();
            (square + self.orbit_km_s * (self.orbit_km_s + 2.0 * in_plane * cos)).sqrt()
        };
        (0..DATES).map(speed).sum::<f64>() / f64::from(DATES)
    }

    /// `eta = integral of f(v)/v d^3v` over speeds above `least_km_s` on the Earth, in s/km.
    ///
    /// With `x`, `y`, `z` the least speed, the Earth's and the escape speed over v_0, and `N = erf(z) - 2 z exp(-z^2)/sqrt(pi)`, it is
    /// `[erf(x+y) - erf(x-y) - 4 y exp(-z^2)/sqrt(pi)]/(2 N y v_0)` up to `x = z - y`, then
    /// `[erf(z) - erf(x-y) - 2 (y+z-x) exp(-z^2)/sqrt(pi)]/(2 N y v_0)` up to `x = z + y`, where it ends: Savage, Freese & Gondolo, PRD 74, 043531 (2006),
    /// for an escape speed above the Earth's.
    pub(super) fn mean_inverse_speed(&self, least_km_s: f64, earth_km_s: f64) -> f64 {
        let over = |speed: f64| speed / self.circular_km_s;
        let (x, y, z) = (over(least_km_s), over(earth_km_s), over(self.escape_km_s));
        if x >= y + z {
            return 0.0;
        }
        let edge = 2.0 / PI.sqrt() * (-z * z).exp();
        let norm = libm::erf(z) - z * edge;
        let above = if x <= z - y {
            libm::erf(x + y) - 2.0 * y * edge
        } else {
            libm::erf(z) - (y + z - x) * edge
        };
        (above - libm::erf(x - y)) / (2.0 * norm * y * self.circular_km_s)
    }

    /// What the distribution of speeds in wimprates (github.com/JelleAalbers/wimprates, up to its release 0.5.0) has for an integral: `N^2`, with `N` of
    /// [`Self::mean_inverse_speed`], since it is multiplied by `N` where it ought to be divided by it. Recoils are fewer by this factor there, and limits higher.
    pub(super) fn integral_in_wimprates(&self) -> f64 {
        let z = self.escape_km_s / self.circular_km_s;
        (libm::erf(z) - 2.0 * z / PI.sqrt() * (-z * z).exp()).powi(2)
    }
}

/// A particle of dark matter that scatters on nuclei elastically and independently of their spin, on protons as on neutrons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wimp {
    /// Its mass, in GeV.
    pub(super) mass_gev: f64,
    /// Its cross section on a nucleon, in cm^2.
    pub(super) nucleon_cm2: f64,
}

impl Wimp {
    /// Recoils of an experiment's nuclei per MeV over its exposure (which is in s, as where the source gives a flux), by recoil energy in MeV.
    ///
    /// `dR/dT = N t (rho/m) sigma_n (Z F_Z + N F_N)^2 M/(2 mu_n^2) eta(v_min)`, `v_min^2 = M T/(2 mu_M^2)`: Lewin & Smith, Astropart. Phys. 6, 87 (1996). Form
    /// factors are those of the experiment's other cross sections. A nucleon has one atomic mass unit, as there and in what XENON computes with; with the
    /// mass of a proton `sigma_n` is 1.3 % larger at 6 GeV for the same recoils.
    pub(super) fn recoils_per_mev(self, experiment: &Experiment, halo: Halo) -> impl Fn(f64) -> f64 {
        let surface_fm = experiment.spec().model().surface_fm;
        let nuclei = experiment.nuclei().iter();
        let nuclei: Vec<(&Nuclide, f64)> = nuclei
            .filter_map(|(scatterer, number)| match scatterer.target() {
                Target::Nucleus(nuclide) => Some((nuclide, *number)),
                Target::Electrons(_) => None,
            })
            .collect();
        let mass_mev = MEV_PER_GEV * self.mass_gev;
        let earth_km_s = halo.earth_km_s();
        let reduced_nucleon_mev = reduced(mass_mev, ATOMIC_MASS_UNIT_MEV);
        // Per cm^2 and s, of particles as fast as light.
        let flux = halo.density_gev_per_cm3 / self.mass_gev * LIGHT_KM_S * CM_PER_KM;
        move |recoil_mev| {
            let rate = |(nuclide, number): &(&Nuclide, f64)| {
                let nucleus_mev = nuclide.mass_mev();
                let least_km_s = LIGHT_KM_S * least_speed(mass_mev, nucleus_mev, recoil_mev);
                let inverse_speed = LIGHT_KM_S * halo.mean_inverse_speed(least_km_s, earth_km_s);
                let coherent = nuclide.coherent_protons(recoil_mev, surface_fm)
                    + nuclide.coherent_neutrons(recoil_mev, surface_fm);
                let per_mev = nucleus_mev / (2.0 * reduced_nucleon_mev.powi(2)) * coherent.powi(2) * inverse_speed;
                number * flux * self.nucleon_cm2 * per_mev
            };
            nuclei.iter().map(rate).sum()
        }
    }
}

/// Reduced mass.
fn reduced(one_mev: f64, other_mev: f64) -> f64 {
    one_mev * other_mev / (one_mev + other_mev)
}

/// Least speed, in units of that of light, of a particle that gives a nucleus a recoil energy: `sqrt(M T/2)/mu_M`.
fn least_speed(mass_mev: f64, nucleus_mev: f64, recoil_mev: f64) -> f64 {
    (0.5 * nucleus_mev * recoil_mev).sqrt() / reduced(mass_mev, nucleus_mev)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::ExperimentId;

    fn close(got: f64, wanted: f64, tolerance: f64) {
        assert!(
            (got / wanted - 1.0).abs() < tolerance,
            "{got}, where {wanted} is expected"
        );
    }

    #[test]
    fn without_an_end_it_is_the_shifted_maxwellian() {
        let halo = Halo {
            escape_km_s: 1e5,
            ..Halo::AGREED
        };
        let (v_0, earth) = (halo.circular_km_s, 252.1);
        for least in [0.0, 100.0, 300.0, 700.0, 1000.0] {
            let wanted = (libm::erf((least + earth) / v_0) - libm::erf((least - earth) / v_0)) / (2.0 * earth);
            close(halo.mean_inverse_speed(least, earth), wanted, 1e-10);
        }
    }

    /// The integral of eta over least speeds is that of f(v) over velocities: 1.
    #[test]
    fn all_dark_matter_is_somewhere() {
        let (halo, steps) = (Halo::AGREED, 100_000);
        let earth = halo.earth_km_s();
        let width = (halo.escape_km_s + earth) / f64::from(steps);
        let middles = (0..steps).map(|step| width * (f64::from(step) + 0.5));
        let integral: f64 = middles.map(|least| width * halo.mean_inverse_speed(least, earth)).sum();
        close(integral, 1.0, 1e-8);
        // By quadrature over the distribution of wimprates 0.5.0 itself: 0.9700063.
        close(halo.integral_in_wimprates(), 0.970_006_3, 1e-7);
    }

    #[test]
    fn no_particle_is_faster_than_escape_and_earth() {
        let (halo, earth) = (Halo::AGREED, 252.1);
        let (bend, end) = (halo.escape_km_s - earth, halo.escape_km_s + earth);
        let below = halo.mean_inverse_speed(bend * (1.0 - 1e-9), earth);
        close(halo.mean_inverse_speed(bend * (1.0 + 1e-9), earth), below, 1e-6);
        assert!(halo.mean_inverse_speed(0.999 * end, earth) > 0.0);
        assert!(halo.mean_inverse_speed(end, earth).abs() < f64::MIN_POSITIVE);
    }

    /// By another program, from the velocities in the orbit at 3650 dates. wimprates, at the date that it takes where none is given, has 252.13 km/s.
    #[test]
    fn the_earth_is_as_fast_as_elsewhere() {
        close(Halo::AGREED.earth_km_s(), 252.108_813, 2e-6);
    }

    fn wimp() -> Wimp {
        Wimp {
            mass_gev: 6.0,
            nucleon_cm2: 1e-45,
        }
    }

    fn xenon() -> Experiment {
        Experiment::built_in(ExperimentId::new("xenonnt-s2").expect("a name")).expect("sound tables")
    }

    /// Recoils per t yr keV by another program: quadrature over the angle and the speed of the distribution on the Earth (at 252.109 km/s), its own form
    /// factor, the nine isotopes. Those of wimprates, for a single nucleus of the mean mass and over its integral, are 167.63, 68.30, 8.65 and 0.568.
    #[test]
    fn recoils_are_those_of_a_direct_quadrature() {
        let xenon = xenon();
        let recoils = wimp().recoils_per_mev(&xenon, Halo::AGREED);
        let wanted = [
            (0.5, 167.739_635),
            (1.0, 68.254_727),
            (2.0, 8.632_414_5),
            (3.0, 0.568_119_04),
        ];
        for (recoil_kev, per_tonne_year_kev) in wanted {
            close(recoils(1e-3 * recoil_kev) / 7.83e3, per_tonne_year_kev, 1e-5);
        }
    }

    /// `T = 2 mu^2 v^2/M` of the lightest isotope, 124Xe, at the largest speed there is.
    #[test]
    fn the_spectrum_ends_where_the_fastest_particle_turns_round() {
        let (mass_mev, nucleus_mev) = (6e3, 123.9 * ATOMIC_MASS_UNIT_MEV);
        let fastest = (544.0 + 252.1) / LIGHT_KM_S;
        let end_mev = 2.0 * reduced(mass_mev, nucleus_mev).powi(2) * fastest.powi(2) / nucleus_mev;
        close(end_mev, 4.00e-3, 0.01);
        let xenon = xenon();
        let recoils = wimp().recoils_per_mev(&xenon, Halo::AGREED);
        assert!(recoils(0.998 * end_mev) > 0.0);
        assert!(recoils(1.002 * end_mev).abs() < f64::MIN_POSITIVE);
    }
}
