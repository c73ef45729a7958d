#!/usr/bin/env python3
"""Fits what scenarios/flash-crash.json and scenarios/calm.json take from recorded bars.

The bars are daily, of Apple and Microsoft, from fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv.
Plain Python, no packages, no random numbers:

    python3 docs/fit/fit_flash_crash.py            print the figures with their standard errors
    python3 docs/fit/fit_flash_crash.py --check    fail unless both scenarios say exactly these figures, rounded

Windows. Volatility, correlation, the overnight share and traded value come from the last three years of the file
(2010-03-01 to 2013-03-01): the scenario is a calm market that is hit, so 2000-2002 and 2008 are left out, and what they
would give is printed beside it. Jumps are rare, so their law comes from ten years (2003-03-01 to 2013-03-01), which
leaves out only the dot-com years.

Estimators. Returns are log returns of split- and dividend-adjusted prices. A year has 252 sessions.
  volatility    sqrt(252 * mean(r^2)), the mean return taken as 0 (its square is under 1 % of the variance)
  correlation   mean(r_a * r_b) / sqrt(mean(r_a^2) * mean(r_b^2)), then divided by the diffusive share of MSFT's
                volatility, sqrt(1 - jumpsPerYear * (meanJump^2 + jumpVolatility^2) / annualVolatility^2): the scenario
                correlates the diffusive parts, and jumps come to each asset alone
  overnight     mean(g^2) / (mean(g^2) + mean(d^2)), g from close to open, d from open to close
  traded value  mean(recorded volume * unadjusted close), in dollars; shares a day = that / the scenario's price
  jumps         a return is a jump when it is more than 4 times the local standard deviation from 0, which is the median
                of |r| over the 61 days around it / 0.6745 (threshold estimator: Mancini 2009, Scandinavian Journal of
                Statistics 36(2); the median keeps the jumps out of their own yardstick). Jumps a year, their mean and
                their standard deviation follow. A Gaussian day passes 4 standard deviations 6 times in 100,000.
Standard errors. Each figure is a smooth function of means; its influence series goes into a Newey-West long-run variance
with Bartlett weights and 21 lags (a month: volatility clusters), so heavy tails and clustering are paid for. Jumps:
Poisson for the rate, s / sqrt(n) for the mean, s / sqrt(2n) for the standard deviation (a normal law's).
"""

import argparse
import csv
import json
import math
import pathlib
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BARS = ROOT / "fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"
SCENARIOS = [ROOT / "scenarios/flash-crash.json", ROOT / "scenarios/calm.json"]

SESSIONS_PER_YEAR = 252
CALM = ("2010-03-01", "2013-03-01")
JUMPS = ("2003-03-01", "2013-03-01")
WHOLE = ("2000-03-01", "2013-03-01")
ASSETS = ("AAPL", "MSFT")

LAGS = 21
JUMP_THRESHOLD = 4.0
JUMP_HALF_WINDOW = 30
MEDIAN_OF_ABSOLUTE_NORMAL = 0.6745


class Bars:
    """Daily bars of one asset inside a window, as the series that the estimators need."""

    def __init__(self, rows, window):
        first, last = window
        self.close_to_close, self.overnight, self.intraday, self.traded_value = [], [], [], []
        for before, row in zip(rows, rows[1:]):
            if not first <= row["timestamp"][:10] <= last:
                continue
            previous, opened, closed = float(before["close"]), float(row["open"]), float(row["close"])
            self.close_to_close.append(math.log(closed / previous))
            self.overnight.append(math.log(opened / previous))
            self.intraday.append(math.log(closed / opened))
            self.traded_value.append(float(row["volume"]) * float(row["close_unadjusted"]))


def read_bars():
    with BARS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {asset: [row for row in rows if row["symbol"] == asset] for asset in ASSETS}


def standard_error(influence):
    """Newey-West standard error of the mean of a series that has mean 0 under the fitted figure."""
    n = len(influence)
    long_run = sum(x * x for x in influence) / n
    for lag in range(1, LAGS + 1):
        covariance = sum(x * y for x, y in zip(influence, influence[lag:])) / n
        long_run += 2 * (1 - lag / (LAGS + 1)) * covariance
    return math.sqrt(max(long_run, 0) / n)


def mean_square(xs):
    return sum(x * x for x in xs) / len(xs)


def annual_volatility(returns):
    """(volatility a year, standard error)."""
    variance = mean_square(returns)
    volatility = math.sqrt(SESSIONS_PER_YEAR * variance)
    return volatility, standard_error([volatility * (r * r / variance - 1) / 2 for r in returns])


def correlation(a, b):
    """(correlation, standard error)."""
    x = [r / math.sqrt(mean_square(a)) for r in a]
    y = [r / math.sqrt(mean_square(b)) for r in b]
    rho = sum(p * q for p, q in zip(x, y)) / len(x)
    return rho, standard_error([p * q - rho * (p * p + q * q) / 2 for p, q in zip(x, y)])


def overnight_share(bars):
    """(share of the variance that falls between close and open, standard error)."""
    gap, day = mean_square(bars.overnight), mean_square(bars.intraday)
    share = gap / (gap + day)
    influence = [
        ((1 - share) * g * g - share * d * d) / (gap + day) for g, d in zip(bars.overnight, bars.intraday)
    ]
    return share, standard_error(influence)


def traded_value(bars):
    """(dollars a day, standard error)."""
    mean = statistics.fmean(bars.traded_value)
    return mean, standard_error([value - mean for value in bars.traded_value])


def jumps(returns):
    """(jumps a year, mean jump, standard deviation of a jump), each with its standard error."""
    found = []
    for day, r in enumerate(returns):
        around = returns[max(0, day - JUMP_HALF_WINDOW) : day + JUMP_HALF_WINDOW + 1]
        local = statistics.median(abs(x) for x in around) / MEDIAN_OF_ABSOLUTE_NORMAL
        if abs(r) > JUMP_THRESHOLD * local:
            found.append(r)
    n, years = len(found), len(returns) / SESSIONS_PER_YEAR
    deviation = statistics.stdev(found)
    return (
        (n / years, math.sqrt(n) / years),
        (statistics.fmean(found), deviation / math.sqrt(n)),
        (deviation, deviation / math.sqrt(2 * n)),
    )


def fit(rows, prices, window=CALM, jump_window=JUMPS):
    """The scenario's fitted figures: JSON pointer -> (value, standard error, decimals that the scenario keeps)."""
    bars = {asset: Bars(rows[asset], window) for asset in ASSETS}
    figures = {}
    for asset in ASSETS:
        value, error = annual_volatility(bars[asset].close_to_close)
        figures[f"/assets/{asset}/process/annualVolatility"] = (value, error, 3)
        value, error = traded_value(bars[asset])
        # To 100,000 shares: the scenario's price turns dollars of the window into shares.
        figures[f"/assets/{asset}/liquidity/volumePerDay"] = (value / prices[asset], error / prices[asset], -5)
    rate, mean, deviation = jumps(Bars(rows["MSFT"], jump_window).close_to_close)
    figures["/assets/MSFT/process/jumpsPerYear"] = (*rate, 1)
    figures["/assets/MSFT/process/meanJump"] = (*mean, 3)
    figures["/assets/MSFT/process/jumpVolatility"] = (*deviation, 3)
    value, error = correlation(*(bars[asset].close_to_close for asset in ASSETS))
    total = annual_volatility(bars["MSFT"].close_to_close)[0]
    diffusive = math.sqrt(1 - rate[0] * (mean[0] ** 2 + deviation[0] ** 2) / total**2)
    value, error = value / diffusive, error / diffusive
    figures["/dependence/correlations/AAPL~1MSFT"] = (value, error, 2)
    # One calendar serves both assets: the mean of their shares; the errors are added, as if they moved together.
    shares = [overnight_share(bars[asset]) for asset in ASSETS]
    figures["/clock/calendar/overnightVarianceShare"] = (
        sum(share for share, _ in shares) / len(shares),
        sum(error for _, error in shares) / len(shares),
        2,
    )
    return figures


def crash_day(asset, rows):
    """What the file says about the day of the flash crash, which the scenario's event is compared with."""
    index = next(i for i, row in enumerate(rows) if row["timestamp"].startswith("2010-05-06"))
    opened, low, closed = (float(rows[index][key]) for key in ("open", "low", "close"))
    month = statistics.fmean(float(row["volume"]) for row in rows[index - 21 : index])
    return (
        f"2010-05-06 {asset}: low {1 - low / opened:.1%} under the open, {(closed - low) / (opened - low):.0%} of it "
        f"regained by the close, volume {float(rows[index]['volume']) / month:.1f} times the month before"
    )


def at(document, pointer):
    for key in pointer.split("/")[1:]:
        document = document[key.replace("~1", "/").replace("~0", "~")]
    return document


def main():
    arguments = argparse.ArgumentParser(description="Fits two scenarios to recorded bars.")
    arguments.add_argument("--check", action="store_true", help="fail unless the scenarios say these figures")
    check = arguments.parse_args().check

    scenarios = {file.name: json.loads(file.read_text()) for file in SCENARIOS}
    rows = read_bars()
    first = next(iter(scenarios.values()))
    prices = {asset: first["assets"][asset]["price"] for asset in ASSETS}
    calm = fit(rows, prices)
    whole = fit(rows, prices, window=WHOLE, jump_window=WHOLE)

    if not check:
        print(f"{'figure':48} {'value':>14} {'std. error':>12} {'in the file':>12} {'all 13 years':>14}")
        for pointer, (value, error, _) in calm.items():
            print(f"{pointer:48} {value:14.6g} {error:12.2g} {at(first, pointer):>12} {whole[pointer][0]:14.6g}")
        print()
        for asset in ASSETS:
            print(crash_day(asset, rows[asset]))
        return 0
    wrong = 0
    for name, scenario in scenarios.items():
        for pointer, (value, _, decimals) in calm.items():
            said, rounded = at(scenario, pointer), round(value, decimals)
            if said != rounded:
                wrong += 1
                print(f"{name}: {pointer} is {said}, the fit gives {rounded}", file=sys.stderr)
    if not wrong:
        print(f"{' and '.join(scenarios)}: {len(calm)} figures agree with the fit")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
