"""Chi-squares of the two experiments with data, minimised over their nuisances at a given strength of the signal."""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from operator import add, mul

from detectors import Ionisation
from predictions import Experiment
from tables import column

Vector = list[float]


def solve(matrix: list[Vector], right: Vector) -> Vector:
    """A linear system by elimination with pivots."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right)]
    for index in range(size):
        pivot = max(range(index, size), key=lambda line: abs(rows[line][index]))
        rows[index], rows[pivot] = rows[pivot], rows[index]
        for line in range(index + 1, size):
            ratio = rows[line][index] / rows[index][index]
            rows[line] = [value - ratio * above for value, above in zip(rows[line], rows[index])]
    found = [0.0] * size
    for index in reversed(range(size)):
        rest = sum(map(mul, rows[index][index + 1 : size], found[index + 1 :]))
        found[index] = (rows[index][size] - rest) / rows[index][index]
    return found


class ChiSquare(ABC):
    """Data against the SM plus a strength times a dipole template."""

    sm: Vector
    dipole: Vector
    start: Vector

    @abstractmethod
    def minimise(self, strength: float, start: Sequence[float]) -> tuple[float, Vector]:
        """Least chi-square over the nuisances at this strength (d^2), and where it is."""

    @abstractmethod
    def slope(self, strength: float, nuisances: Sequence[float]) -> float:
        """Change of the least chi-square with the strength: nuisances at their best do not contribute."""

    def fit_sm(self) -> float:
        """The least chi-square of the SM; its nuisances are the start of all other fits."""
        chi2, self.start = self.minimise(0.0, self.start)
        return chi2


class Counting(ChiSquare):
    """Poisson counts of COHERENT with four normalisations: signal, BRN, NIN and SSB."""

    KINDS = ("brn", "nin", "ssb")

    def __init__(self, experiment: Experiment, expected: bool) -> None:
        inputs, data = experiment.inputs, experiment.inputs.text("data")
        self.sm = experiment.standard_model().total()
        self.priors = [inputs.number(f"{kind}-uncertainty") for kind in ("signal", *self.KINDS)]
        times = len({*column(data, "t_low")})

        def binned(key: str) -> Vector:
            values = column(data, key)
            if inputs.text("timing") == "on":
                return list(values)
            return [sum(values[start : start + times]) for start in range(0, len(values), times)]

        table = Experiment(experiment.name).inputs
        # Backgrounds belong to the detector and its time: they grow with both.
        grown = 1.0
        for key in ("protons-on-target", "target-mass"):
            grown *= inputs.number(key) / table.number(key)
        self.backgrounds = [
            [grown * inputs.number(f"{kind}-normalisation") * value for value in binned(kind)] for kind in self.KINDS
        ]
        self.observed = binned("coincidence")
        if expected:
            self.observed = [sum(parts) for parts in zip(self.sm, *self.backgrounds)]
        self.dipole = [0.0] * len(self.sm)
        self.start = [0.0] * 4

    def parts(self, strength: float) -> list[Vector]:
        """What each normalisation multiplies."""
        return [[sm + strength * np for sm, np in zip(self.sm, self.dipole)], *self.backgrounds]

    @staticmethod
    def mean(parts: list[Vector], nuisances: Sequence[float]) -> Vector:
        """Expected counts."""
        return [sum((1 + shift) * value for shift, value in zip(nuisances, bins)) for bins in zip(*parts)]

    def chi2(self, mean: Vector, nuisances: Sequence[float]) -> float:
        """2 sum [mu - n + n ln(n/mu)] + sum (eta/sigma)^2."""
        total = sum((shift / prior) ** 2 for shift, prior in zip(nuisances, self.priors))
        for mu, n in zip(mean, self.observed):
            if mu < 0 or (mu == 0 and n > 0):
                return math.inf
            total += 2 * (mu - n + (n * math.log(n / mu) if n > 0 else 0.0))
        return total

    def minimise(self, strength: float, start: Sequence[float]) -> tuple[float, Vector]:
        """Newton's method; the function is convex in the normalisations."""
        parts, shifts = self.parts(strength), list(start)
        mean = self.mean(parts, shifts)
        best = self.chi2(mean, shifts)
        for _ in range(100):
            first = [1 - n / mu if n > 0 else 1.0 for n, mu in zip(self.observed, mean)]
            second = [n / mu**2 if n > 0 else 0.0 for n, mu in zip(self.observed, mean)]
            gradient = [
                2 * sum(map(mul, first, part)) + 2 * shift / prior**2
                for part, shift, prior in zip(parts, shifts, self.priors)
            ]
            matrix = []
            for line, part in enumerate(parts):
                weighted = list(map(mul, second, part))
                matrix.append([2 * sum(map(mul, weighted, other)) for other in parts])
                matrix[line][line] += 2 / self.priors[line] ** 2
            step = solve(matrix, gradient)
            if abs(sum(map(mul, step, gradient))) < 1e-14 * (1 + best):
                break
            length = 1.0
            while length > 1e-10:
                moved = [shift - length * part for shift, part in zip(shifts, step)]
                moved_mean = self.mean(parts, moved)
                chi2 = self.chi2(moved_mean, moved)
                if chi2 <= best:
                    break
                length /= 2
            else:
                break
            shifts, mean, best = moved, moved_mean, chi2
        return best, shifts

    def slope(self, strength: float, nuisances: Sequence[float]) -> float:
        mean = self.mean(self.parts(strength), nuisances)
        ratios = [1 - n / mu if n > 0 else 1.0 for n, mu in zip(self.observed, mean)]
        return 2 * (1 + nuisances[0]) * sum(map(mul, ratios, self.dipole))


# Places of the nuisances of Dresden-II in a vector.
CONSTANT, EXPONENTIAL, DECAY, HEIGHT, WIDTH, CENTRE, RATIO, SHIFT = range(8)


class IonisationFit(ChiSquare):
    """Gaussian chi-square of Dresden-II over a constant, an exponential and three lines of electron capture."""

    STARTS = (
        (13.0, 60.0, 3.0, 85.0, 0.07, 1.29, 0.16, 0.0),
        (10.0, 5.0, 0.5, 85.0, 0.08, 1.3, 0.1, 0.0),
        (14.0, 500.0, 8.0, 80.0, 0.06, 1.29, 0.16, 0.0),
    )

    def __init__(self, experiment: Experiment, expected: bool, sure: Experiment | None = None) -> None:
        """`expected`: the data of `sure`, the experiment as its table has it, give way to what is expected."""
        if not isinstance(experiment.detector, Ionisation):
            raise TypeError(f"{experiment.name} has no ionisation")
        inputs = experiment.inputs
        self.inputs = inputs
        self.centres = experiment.detector.centres
        self.m_energy = inputs.number("m-energy")
        self.m_sigma = experiment.detector.sigma(self.m_energy)
        # A line has no negative height, so that the ratio is bounded, too: PHYSICS.md does not say so (see README.md).
        self.low = [0.0, 0.0, 0.0, 0.0, 1e-4, inputs.number("l1-energy-low"), 0.0, -math.inf]
        self.high = [math.inf] * 8
        self.high[CENTRE] = inputs.number("l1-energy-high")
        self.prior_on = inputs.text("m-shell-prior") == "on"
        self.sm = experiment.standard_model().total()
        self.observed = list(column(inputs.text("data"), "on"))
        self.errors = list(column(inputs.text("data"), "on_error"))
        self.dipole = [0.0] * len(self.sm)
        self.starts = [list(start) for start in self.STARTS]
        self.start = self.starts[0]
        if expected:
            self.expect(IonisationFit(sure or Experiment(experiment.name), False))

    def expect(self, measured: "IonisationFit") -> None:
        """Puts what is expected in place of the data: free nuisances as the data have them, others at their priors.

        Rates of the background grow with the germanium. Errors go with the root of the rate over the time; the rate
        before is the SM and the background that the data have, with the ratio of the lines as it is in their fit.
        """
        measured.fit_sm()

        expected = list(measured.start)
        if self.prior_on:
            expected[RATIO] = self.inputs.number("m-shell-ratio")
        grown = self.inputs.number("atoms") / measured.inputs.number("atoms")
        time = self.inputs.number("exposure") / measured.inputs.number("exposure")
        scale = grown * self.inputs.number("background-level")
        before = map(add, measured.sm, measured.background(measured.start))
        self.observed = [sm + scale * value for sm, value in zip(self.sm, self.background(expected))]
        self.errors = [
            error * math.sqrt(new / (old * time)) for error, new, old in zip(measured.errors, self.observed, before)
        ]
        for start in self.starts:
            for place in (CONSTANT, EXPONENTIAL, HEIGHT):
                start[place] *= scale

    def background(self, nuisances: Sequence[float]) -> Vector:
        """A + B exp(-C E) + three Gaussians at the centres of the bins."""
        return self.derivatives(nuisances)[0]

    def derivatives(self, nuisances: Sequence[float]) -> tuple[Vector, list[Vector]]:
        """The background and its derivatives by the first seven nuisances."""
        constant, exponential, decay, height, width, centre, ratio = nuisances[:7]
        l2, l2_ratio = self.inputs.number("l2-energy"), self.inputs.number("l2-ratio")
        total: Vector = []
        by: list[Vector] = [[] for _ in range(7)]
        for energy in self.centres:
            falling = math.exp(-decay * energy)
            first, second = energy - centre, energy - l2
            line1 = math.exp(-(first**2) / (2 * width**2))
            line2 = l2_ratio * math.exp(-(second**2) / (2 * width**2))
            m_line = width / self.m_sigma * math.exp(-((energy - self.m_energy) ** 2) / (2 * self.m_sigma**2))
            total.append(constant + exponential * falling + height * (line1 + line2 + ratio * m_line))
            by[CONSTANT].append(1.0)
            by[EXPONENTIAL].append(falling)
            by[DECAY].append(-exponential * energy * falling)
            by[HEIGHT].append(line1 + line2 + ratio * m_line)
            by[WIDTH].append(
                height * ((line1 * first**2 + line2 * second**2) / width**3 + ratio * m_line / width)
            )
            by[CENTRE].append(height * line1 * first / width**2)
            by[RATIO].append(height * m_line)
        return total, by

    def priors(self) -> list[tuple[int, float, float]]:
        """Nuisances with a Gaussian prior: place, centre, width."""
        found = [(SHIFT, 0.0, self.inputs.number("signal-uncertainty"))]
        if self.prior_on:
            found.append((RATIO, self.inputs.number("m-shell-ratio"), self.inputs.number("m-shell-uncertainty")))
        return found

    def residuals(self, strength: float, nuisances: Sequence[float]) -> tuple[Vector, list[Vector]]:
        """Pulls of bins and priors, and their derivatives by every nuisance."""
        signal = [sm + strength * np for sm, np in zip(self.sm, self.dipole)]
        background, by = self.derivatives(nuisances)
        shift = 1 + nuisances[SHIFT]
        pulls = [
            (b + shift * s - n) / error for b, s, n, error in zip(background, signal, self.observed, self.errors)
        ]
        columns = [[value / error for value, error in zip(line, self.errors)] for line in (*by, signal)]
        for place, centre, width in self.priors():
            pulls.append((nuisances[place] - centre) / width)
            for index, line in enumerate(columns):
                line.append(1 / width if index == place else 0.0)
        return pulls, columns

    def minimise(self, strength: float, start: Sequence[float]) -> tuple[float, Vector]:
        """Levenberg-Marquardt; a nuisance at its bound that would leave it is held there."""
        point, damping = list(start), 1e-4
        pulls, columns = self.residuals(strength, point)
        best = sum(map(mul, pulls, pulls))
        quiet = 0
        for _ in range(500):
            gradient = [sum(map(mul, line, pulls)) for line in columns]
            free = [
                index
                for index in range(8)
                if any(columns[index])
                and not (point[index] <= self.low[index] and gradient[index] > 0)
                and not (point[index] >= self.high[index] and gradient[index] < 0)
            ]
            matrix = [[sum(map(mul, columns[line], columns[other])) for other in free] for line in free]
            for index, line in enumerate(matrix):
                line[index] *= 1 + damping
            step = solve(matrix, [-gradient[index] for index in free])
            moved = list(point)
            for index, part in zip(free, step):
                moved[index] = min(max(point[index] + part, self.low[index]), self.high[index])
            moved_pulls, moved_columns = self.residuals(strength, moved)
            chi2 = sum(map(mul, moved_pulls, moved_pulls))
            if chi2 <= best:
                quiet = quiet + 1 if best - chi2 < 1e-10 * (1 + best) else 0
                point, pulls, columns, best = moved, moved_pulls, moved_columns, chi2
                damping = max(damping / 5, 1e-12)
            else:
                damping *= 4
                quiet = quiet + 1 if damping > 1e8 else quiet
            if quiet >= 3:
                break
        return best, point

    def fit_sm(self) -> float:
        """From several starts: a fit may have more than one minimum."""
        chi2, self.start = min(self.minimise(0.0, start) for start in self.starts)
        return chi2

    def slope(self, strength: float, nuisances: Sequence[float]) -> float:
        pulls, _ = self.residuals(strength, nuisances)
        shift = 1 + nuisances[SHIFT]
        return 2 * shift * sum(pull * np / error for pull, np, error in zip(pulls, self.dipole, self.errors))
