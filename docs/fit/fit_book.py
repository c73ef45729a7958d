#!/usr/bin/env python3
"""Writes scenarios/book-crash.json: twenty stocks that fall together, with figures from their recorded closes.

The closes are daily and adjusted, of twenty large American companies and the S&P 500, 1990 to 2022: the two files of
skfolio's datasets (skfolio 1.12.2 on PyPI, skfolio/datasets/data/sp500_dataset.csv.gz and sp500_index.csv.gz) joined by
date. Their licence is not stated, so they are not part of this project; only what is fitted to them is. Plain Python:

    python3 docs/fit/fit_book.py CLOSES.csv

Window. 2017-01-01 to 2019-12-31, the last three calm years of the file: the scenario is a calm market that is hit.

Estimators. Log returns of closes; a year has 252 sessions; means are taken as 0.
  volatility    sqrt(252 * mean(r^2))
  correlation   mean(r_a * r_b) / sqrt(mean(r_a^2) * mean(r_b^2)), two decimals
  beta          mean(r_a * r_index) / mean(r_index^2), one decimal: how far an asset goes with the market's fall
  price         the last close of the file
"""

import csv
import json
import math
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FROM, TO = "2017-01-01", "2019-12-31"
# Traded value of a day in million dollars, by order of magnitude.
TRADED = {
    "AAPL": 9000, "AMD": 4000, "BAC": 1500, "BBY": 250, "CVX": 1500, "GE": 500, "HD": 1200, "JNJ": 1200, "JPM": 1500,
    "KO": 800, "LLY": 1000, "MRK": 900, "MSFT": 7000, "PEP": 900, "PFE": 1200, "PG": 1000, "RRC": 120, "UNH": 1500,
    "WMT": 1000, "XOM": 2000,
}


def significant(value, digits):
    rounded = float(f"{value:.{digits}g}")
    return int(rounded) if rounded == int(rounded) else rounded


def main(path):
    rows = list(csv.DictReader(open(path)))
    names = [name for name in rows[0] if name not in ("timestamp", "SP500")]
    window = [row for row in rows if FROM <= row["timestamp"][:10] <= TO]

    def returns(name):
        closes = [float(row[name]) for row in window]
        return [math.log(b / a) for a, b in zip(closes, closes[1:])]

    series = {name: returns(name) for name in names}
    index = returns("SP500")

    def product(a, b):
        return sum(x * y for x, y in zip(a, b)) / len(a)

    square = {name: product(series[name], series[name]) for name in names}
    assets, sources = {}, {}
    for name in names:
        price = significant(float(rows[-1][name]), 5)
        volume = significant(TRADED[name] * 1e6 / price, 2)
        assets[name] = {
            "price": price,
            "process": {"model": "gbm", "annualVolatility": round(math.sqrt(252 * square[name]), 3)},
            "liquidity": {
                "halfSpreadBps": 1 if TRADED[name] >= 500 else 3, "volumePerDay": volume,
                "depthTo1Percent": significant(0.0025 * volume, 2), "refillHalfLife": "20s"},
        }
        sources[f"/assets/{name}/process"] = {
            "basis": "fitted",
            "text": f"{assets[name]['process']['annualVolatility']}: root mean square of close-to-close log returns times the root "
            f"of 252, {FROM} to {TO}; made by docs/fit/fit_book.py."}
    correlations = {
        f"{a}/{b}": round(product(series[a], series[b]) / math.sqrt(square[a] * square[b]), 2)
        for place, a in enumerate(names) for b in names[place + 1:]}
    betas = {name: {"beta": round(product(series[name], index) / product(index, index), 1)} for name in names}
    scenario = {
        "stresslab": "scenario/1",
        "$schema": "schema/scenario.json",
        "title": "A fall of the whole market over three weeks",
        "description": "Twenty large American stocks in half a year of daily steps. Within the first months the market loses about a "
        "fifth in three weeks, each stock by its beta; spreads widen, depth thins out, and part of the loss comes back over "
        "months.",
        "sources": {
            **sources,
            "/dependence": {
                "basis": "fitted",
                "text": f"Correlations of close-to-close log returns, {FROM} to {TO}, of daily closes in skfolio's datasets; made by "
                "docs/fit/fit_book.py."},
            "/assets": {
                "basis": "judgement",
                "text": "Prices are the last closes of the file (2022-12-28). Volume is an order of magnitude; depth within 1 % of the "
                "price is 0.25 % of a day's volume."},
            "/venue": {
                "basis": "judgement", "text": "Portfolio margin: positions of up to 4 times equity, sold out at 15 %."},
            "/events/fall": {
                "basis": "judgement",
                "text": "Modelled on February and March 2020, in which the S&P 500 lost 34 % in 23 sessions, and on October 2008; "
                "depth and recovery are ours."},
            "/events/fall/contagion": {
                "basis": "fitted",
                "text": f"Regression of each stock's log returns on the index's, {FROM} to {TO}; made by docs/fit/fit_book.py."},
        },
        "clock": {
            "step": "1d", "length": "126d", "warmup": "60d", "start": "2023-01-03", "substeps": 4,
            "calendar": {
                "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York", "daysPerYear": 252}},
        "assets": assets,
        "dependence": {"model": "gaussian", "correlations": correlations},
        "venue": {
            "takerFeeBps": 1, "initialMargin": 0.25, "maintenanceMargin": 0.15, "liquidationFeeBps": 20,
            "maximumParticipation": 0.1, "annualFinancingRate": 0.05, "borrowFee": 0.01},
        "events": {
            "fall": {
                "model": "flashCrash", "asset": "market", "start": {"between": ["10d", "40d"]},
                "drop": {"low": 0.1, "typical": 0.2, "high": 0.4}, "fall": {"duration": "15d", "shape": 1},
                "recovery": {"fraction": {"low": 0.1, "typical": 0.4, "high": 1}, "halfLife": "40d"},
                "contagion": betas,
                "multipliers": {"volatility": 2.5, "halfSpread": 4, "depth": 0.25, "volume": 2, "halfLife": "20d"}}},
    }
    text = json.dumps(scenario, indent=2, ensure_ascii=False)
    # One line for each small object: a stock, its liquidity, a beta.
    text = re.sub(r'"between": \[\s+("[^"]+"),\s+("[^"]+")\s+\]', r'"between": [\1, \2]', text)
    text = re.sub(r"\{\s+((?:\"[^\"]+\": [^\[\]{}\n]+,?\s*)+)\}", lambda m: "{ " + re.sub(r"\s*\n\s*", " ", m[1].strip()) + " }", text)
    pathlib.Path(ROOT / "scenarios/book-crash.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
