"""Bars in the shapes that people have them in, each written from known bars: what .make/files.py mutates.

A shape is a name, and a function of the bars that gives the text of a file. A bar is (seconds since 1970 UTC, open, high,
low, close, volume), prices with two decimals unless the shape needs more.
"""

import datetime
import random

UTC = datetime.timezone.utc


def bars(count=40, step=86400, seed=1, start=1577923200, price=120.0, digits=2, volume=5000):
    """A random walk; each bar opens near the last close."""
    draw = random.Random(seed)
    made = []
    for index in range(count):
        opened = round(price * (1 + draw.gauss(0, 0.001)), digits)
        closed = round(opened * (1 + draw.gauss(0, 0.02)), digits)
        high = round(max(opened, closed) * (1 + abs(draw.gauss(0, 0.008))), digits)
        low = round(min(opened, closed) * (1 - abs(draw.gauss(0, 0.008))), digits)
        price = closed
        made.append((start + step * index, opened, high, low, closed, draw.randint(volume // 5, 2 * volume)))
    return made


def day(seconds, form="%Y-%m-%d"):
    return datetime.datetime.fromtimestamp(seconds, UTC).strftime(form)


def table(rows, separator=",", header=None, end="\n"):
    lines = ([separator.join(header)] if header else []) + [separator.join(map(str, row)) for row in rows]
    return end.join(lines) + end


def binance(unit):
    def write(bars):
        step = bars[1][0] - bars[0][0]
        return table(
            (t * unit, f"{o:.8f}", f"{h:.8f}", f"{l:.8f}", f"{c:.8f}", f"{v:.8f}", (t + step) * unit - 1,
             f"{v * (o + c) / 2:.8f}", v // 3, f"{v / 2:.8f}", f"{v / 2 * (o + c) / 2:.8f}", 0)
            for t, o, h, l, c, v in bars)
    return write


def kraken(bars):
    return table((t, o, h, l, c, f"{v}.25", v // 7) for t, o, h, l, c, v in bars)


def crypto_data_download(bars):
    return "https://www.CryptoDataDownload.com\n" + table(
        ((t, day(t, "%Y-%m-%d %H:%M:%S"), "BTC/USDT", o, h, l, c, v, round(v * (o + c) / 2, 2), v // 9)
         for t, o, h, l, c, v in reversed(bars)),
        header="unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount".split(","))


def yahoo(bars):
    return table(
        ((day(t), f"{o:.6f}", f"{h:.6f}", f"{l:.6f}", f"{c:.6f}", f"{c * 0.97:.6f}", v) for t, o, h, l, c, v in bars),
        header="Date,Open,High,Low,Close,Adj Close,Volume".split(","))


def yfinance(bars):
    return "Price,Close,High,Low,Open,Volume\nTicker,A,A,A,A,A\nDate,,,,,\n" + table(
        (day(t), c, h, l, o, v) for t, o, h, l, c, v in bars)


def alpha_vantage(bars):
    return table(
        ((day(t), f"{o:.4f}", f"{h:.4f}", f"{l:.4f}", f"{c:.4f}", v) for t, o, h, l, c, v in reversed(bars)),
        header="timestamp,open,high,low,close,volume".split(","))


def stooq(bars):
    return table(
        (("AAPL.US", "D", day(t, "%Y%m%d"), "000000", o, h, l, c, v, 0) for t, o, h, l, c, v in bars),
        header="<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>".split(","))


def stooq_dates(bars):
    return table(((day(t), o, h, l, c, v) for t, o, h, l, c, v in bars), header="Date,Open,High,Low,Close,Volume".split(","))


def metatrader5(bars):
    return table(
        ((day(t, "%Y.%m.%d"), day(t, "%H:%M:%S"), o, h, l, c, v, 0, 2) for t, o, h, l, c, v in bars), "\t",
        "<DATE> <TIME> <OPEN> <HIGH> <LOW> <CLOSE> <TICKVOL> <VOL> <SPREAD>".split())


def metatrader4(bars):
    return table((day(t, "%Y.%m.%d"), day(t, "%H:%M"), o, h, l, c, v) for t, o, h, l, c, v in bars)


def dukascopy(bars):
    return table(
        ((day(t, "%d.%m.%Y %H:%M:%S.000"), o, h, l, c, v) for t, o, h, l, c, v in bars),
        header="Gmt time,Open,High,Low,Close,Volume".split(","))


def dukascopy_local(bars):
    return table(
        ((day(t + 3600, "%d.%m.%Y %H:%M:%S.000 GMT+0100"), o, h, l, c, v) for t, o, h, l, c, v in bars),
        header="Local time,Open,High,Low,Close,Volume".split(","))


def histdata(bars):
    return table(((day(t - 5 * 3600, "%Y%m%d %H%M%S"), o, h, l, c, 0) for t, o, h, l, c, _ in bars), ";")


def investing(bars):
    def quoted(t, o, h, l, c, v):
        cells = [day(t, "%m/%d/%Y")] + [f"{x:,.2f}" for x in (c, o, h, l)] + [f"{v / 1000:.2f}K", "0.12%"]
        return [f'"{cell}"' for cell in cells]
    names = [f'"{name}"' for name in "Date,Price,Open,High,Low,Vol.,Change %".split(",")]
    return "\ufeff" + table((quoted(*bar) for bar in reversed(bars)), header=names)


def nse(bars):
    def quoted(t, o, h, l, c, v):
        cells = [day(t, "%d-%b-%Y"), "EQ"] + [f"{x:,.2f}" for x in (o, h, l, o, c, c, (h + l) / 2)] + [f"{v:,}"]
        return [f'"{cell}"' for cell in cells]
    names = [f'"{name} "' for name in "Date,series,OPEN,HIGH,LOW,PREV. CLOSE,ltp,close,vwap,VOLUME".split(",")]
    return table((quoted(*bar) for bar in reversed(bars)), header=names)


def pandas(bars):
    return table(((day(t), o, h, l, c, v) for t, o, h, l, c, v in bars), header=",open,high,low,close,volume".split(","))


def interactive_brokers(bars):
    import zoneinfo

    zone = zoneinfo.ZoneInfo("US/Eastern")
    return table(
        ((datetime.datetime.fromtimestamp(t, zone).strftime("%Y%m%d  %H:%M:%S US/Eastern"), o, h, l, c, v,
          round((h + l) / 2, 3), v // 5) for t, o, h, l, c, v in bars),
        header="date,open,high,low,close,volume,average,barCount".split(","))


def polygon(bars):
    return table(
        (("AAPL", v, o, c, h, l, t * 10**9, v // 5) for t, o, h, l, c, v in bars),
        header="ticker,volume,open,close,high,low,window_start,transactions".split(","))


def coinbase(bars):
    return table(((t, l, h, o, c, v) for t, o, h, l, c, v in reversed(bars)), header="time,low,high,open,close,volume".split(","))


def first_rate(bars):
    return table((day(t, "%Y-%m-%d %H:%M:%S"), o, h, l, c, v) for t, o, h, l, c, v in bars)


def epoch(unit):
    def write(bars):
        return table(((t * unit, o, h, l, c, v) for t, o, h, l, c, v in bars), header="time,open,high,low,close,volume".split(","))
    return write


def decimal_commas(bars):
    def comma(x):
        return f"{x:.2f}".replace(".", ",")
    return table(
        ((day(t, "%d.%m.%Y"), comma(o), comma(h), comma(l), comma(c), v) for t, o, h, l, c, v in bars), ";",
        "Date;Open;High;Low;Close;Volume".split(";"))


HOUR = dict(step=3600)
DEAR = dict(price=2500.0)
# Name, writer, of which bars.
SHAPES = [
    ("binance", binance(1000), HOUR), ("binance-us", binance(10**6), HOUR), ("kraken", kraken, HOUR),
    ("cryptodatadownload", crypto_data_download, HOUR), ("yahoo", yahoo, {}), ("yfinance", yfinance, {}), ("alphavantage", alpha_vantage, {}),
    ("stooq", stooq, {}), ("stooq-dates", stooq_dates, {}), ("metatrader5", metatrader5, HOUR),
    ("metatrader4", metatrader4, HOUR), ("dukascopy", dukascopy, HOUR), ("dukascopy-local", dukascopy_local, HOUR),
    ("histdata", histdata, dict(step=60, price=1.3, digits=6, start=1328072400)), ("investing", investing, DEAR), ("nse", nse, DEAR),
    ("pandas", pandas, {}), ("ibkr", interactive_brokers, HOUR), ("polygon", polygon, HOUR), ("coinbase", coinbase, HOUR),
    ("firstrate", first_rate, HOUR), ("epoch-s", epoch(1), HOUR), ("epoch-ms", epoch(1000), HOUR),
    ("epoch-us", epoch(10**6), HOUR), ("epoch-ns", epoch(10**9), HOUR), ("decimal-commas", decimal_commas, {}),
]
