"""What the benchmarks must reach, by the kind of machine that they ran on, and the verdicts.

Half of the machines that people have know AVX2 and a fused multiply-add only, with half as many registers of half the
width: each kind has a column of its own. Without a fused multiply-add nothing is held.

Ratios to a peer and to ourselves are taken round by round in one interleaved run and held as they stand. Times are those
of the machine, which nobody else's is: they may be over by a tolerance.
"""

import dataclasses

from processes import BUILT, lines_of

TIME_TOLERANCE = 0.15


@dataclasses.dataclass(frozen=True)
class Goals:
    """One column. Times in nanoseconds on one core are the most that is allowed, ratios the least."""

    gbm_against_numba: float = 6.0
    merton_against_numba: float = 4.5
    heston_against_numba: float = 5.0  # both by QE-M
    garch_against_numpy: float = 10.0
    correlated_against_numpy: float = 10.0  # four assets, a step of one
    backtest_against_vectorbt: float = 500.0  # a kernel of the benchmark, in the accounting of vectorbt
    desk_against_vectorbt: float = 20.0  # a bar of the market and a desk behind four rules, against one of the backtest
    market: float = 13.0  # a bar of the market alone
    whole_market: float = 20.0  # with latency, coupled extremes and a crash
    desk: float = 4.0  # a bar of a desk behind four rules, beyond the market
    market_and_five_desks: float = 36.0
    policy: float = 110.0  # a sample of a policy 64-64-64-3 forward
    policy_against_numpy: float = 2.5
    desk_policy: float = 110.0  # a decision of a policy 32-64-64-1, from observations in lanes to actions in lanes
    ppo_batch_256: float = 40.0  # against Stable-Baselines3
    ppo_batch_64: float = 45.0
    ppo_desk: float = 40.0  # likewise, at a full desk with four rules
    desk_steps: float = 120_000.0  # environment steps a second of a training there, on two cores
    indicator: float = 1.0  # against TA-Lib, one lane
    indicator_in_lanes: float = 4.0  # likewise, a series of a tile
    features: float = 2000.0  # classic44 of a bar from the bytes of a file to those of a CSV, on two cores
    demo_seconds: float = 7.0  # 10,000 paths, page included, on two cores
    two_cores_against_one: float = 1.9
    bytes_a_path: float = 64.0  # what the peak of memory grows by


OF_LEVEL = {
    "avx512": Goals(),
    "avx2+fma": Goals(
        market=26.0, whole_market=42.0, desk=10.0, market_and_five_desks=85.0, policy=220.0, policy_against_numpy=3.5,
        desk_policy=230.0, desk_steps=60_000.0, indicator_in_lanes=3.0, demo_seconds=10.0),
}


def of_this_build():
    """The goals of the level that our programs are built for, which it prints; None where nothing is held."""
    level = lines_of([BUILT / "bench-paths", "level"])[0]["cpuLevel"]
    goals = OF_LEVEL.get(level)
    print(f"processor level: {level}{'' if goals else ', for which there are no goals'}", flush=True)
    return goals


def reaches(ratio, goal):
    """Prints the end of a row: a ratio and whether it is at least the goal; says so."""
    met = goal is None or ratio >= goal
    print("–" if goal is None else f"≥ {goal:g}: {'met' if met else 'MISSED'}")
    return met


def stays_under(figure, goal, unit, tolerance=TIME_TOLERANCE):
    """Prints the end of a row: a figure and whether it is at most the goal, or over it by the tolerance at most."""
    met = figure <= goal * (1 + tolerance)
    print(f"≤ {goal:g} {unit}: {'met' if figure <= goal else 'met within the tolerance' if met else 'MISSED'}")
    return met
