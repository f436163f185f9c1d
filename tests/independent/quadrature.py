"""Gauss-Legendre quadrature and linear interpolation, without any library."""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

Nodes = list[tuple[float, float]]


@lru_cache(maxsize=None)
def gauss_legendre(order: int) -> tuple[tuple[float, float], ...]:
    """Nodes and weights on [-1, 1]: Newton's method on the Legendre polynomial of this order."""
    nodes = []
    for index in range(order):
        x = math.cos(math.pi * (index + 0.75) / (order + 0.5))
        slope = 1.0
        for _ in range(100):
            below, value = 1.0, x
            for degree in range(2, order + 1):
                below, value = value, ((2 * degree - 1) * x * value - (degree - 1) * below) / degree
            slope = order * (x * value - below) / (x * x - 1)
            step = value / slope
            x -= step
            if abs(step) < 1e-15:
                break
        nodes.append((x, 2 / ((1 - x * x) * slope * slope)))
    return tuple(nodes)


def nodes_between(low: float, high: float, order: int) -> Nodes:
    """Nodes and weights on [low, high]."""
    middle, half = (high + low) / 2, (high - low) / 2
    return [(middle + half * x, half * weight) for x, weight in gauss_legendre(order)]


def panels(low: float, high: float, ratio: float, widest: float, breaks: Iterable[float], order: int) -> Nodes:
    """Nodes on [low, high] cut at `breaks` and into panels with ends of at most this ratio and distance."""
    if not 0 < low < high:
        return []
    cuts = [low, *sorted({cut for cut in breaks if low < cut < high}), high]
    nodes: Nodes = []
    for start, end in zip(cuts, cuts[1:]):
        while start < end * (1 - 1e-12):
            stop = min(end, start * ratio, start + widest)
            if end - stop < 1e-9 * end:
                stop = end
            nodes.extend(nodes_between(start, stop, order))
            start = stop
    return nodes


def interpolate(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Linear between the rows, constant beyond them."""
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    right = bisect_right(xs, x)
    share = (x - xs[right - 1]) / (xs[right] - xs[right - 1])
    return ys[right - 1] + share * (ys[right] - ys[right - 1])


def crossing(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function passes zero, by bisection; an end of the interval where it does not."""
    if function(low) >= 0:
        return low
    if function(high) <= 0:
        return high
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2
