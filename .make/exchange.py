"""An exchange on this machine for tests: it speaks the formats of Binance, Kraken and Coinbase, and misbehaves as it is told.

It writes its port on standard output and ends when its standard input does. Each world, /w/NAME, is an exchange of its
own: `/w/NAME/set?faults=429,ok,cut&gaps=FROM-TO&listed=MS&now=MS&...` makes it, `/w/NAME/count` says how often bars were asked
for, `/w/NAME/truth?symbol=&step=&from=&to=` what bars there are, `/w/NAME/denied?…` how many answers had none of each where it
belongs. Bars follow from a formula of market and time.
"""

import functools
import json
import os
import re
import signal
import socket
import struct
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MARKETS = [("BTC", "USDT"), ("BTC", "USD"), ("ETH", "USDT"), ("ETH", "USD"), ("SOL", "USDT"), ("SOL", "USD")]
STEPS = {"1m": 60, "3m": 180, "5m": 300, "15m": 900, "30m": 1800, "1h": 3600, "2h": 7200, "4h": 14400, "6h": 21600,
         "8h": 28800, "12h": 43200, "1d": 86400}


@functools.cache
def noise(*parts):
    """A number in 0..<65536 that follows from what it is given."""
    value = 14695981039346656037
    for byte in ",".join(map(str, parts)).encode():
        value = (value ^ byte) * 1099511628211 % 2**64
    return (value ^ value >> 29) * 0xBF58476D1CE4E5B9 % 2**64 >> 48


def price(market, seconds):
    """Cents, always above 0."""
    base = 1000000 + 700000 * MARKETS.index(market)
    return base + noise(market, seconds // 86400) * 3 + noise(market, seconds) // 2


@functools.cache
def bar(market, seconds, step):
    """Open, high, low, close and volume as texts."""
    first, last = price(market, seconds), price(market, seconds + step)
    high = max(first, last) + noise(market, seconds, "high") // 7
    low = min(first, last) - noise(market, seconds, "low") // 7
    cents = [f"{value // 100}.{value % 100:02d}" for value in (first, high, low, last)]
    volume = noise(market, seconds, "volume") + 1
    return [*cents, f"{volume // 1000}.{volume % 1000:03d}"]


class World:
    def __init__(self):
        self.lock = threading.Lock()
        self.faults, self.gaps, self.kill = [], [], None
        self.listed, self.now, self.kept, self.limit = 1483228800, 1767225600, 720, None
        self.weight, self.count, self.others, self.meta, self.log = None, 0, 0, False, []
        self.denied = Counter()

    def bars(self, market, step, first, last, most=None):
        """Bars that begin in first..<last, seconds; the one that is going on is among them."""
        start = max(first, self.listed // step * step)
        times = range(-(-start // step) * step, min(last, self.now + 1), step)
        rows = []
        for moment in times:
            if any(low <= moment < high for low, high in self.gaps):
                continue
            rows.append([moment, *bar(market, moment, step)])
            if most and len(rows) == most:
                break
        return rows


# Faults by which an answer that is well-formed lacks bars.
HIDING = ("empty", "late", "short", "gap")


def listed(shape):
    """The markets that it says it has."""
    return [market for market in MARKETS if shape != "unlisted" or market[0] != "BTC"]


worlds, worlds_lock = {}, threading.Lock()


def market_of(text):
    """The market of an id of any of the three exchanges."""
    name = text.replace("-", "").replace("/", "")
    if name.startswith("XXBTZ") or name.startswith("XETHZ"):
        name = {"XXBTZUSD": "BTCUSD", "XETHZUSD": "ETHUSD"}.get(name, name)
    name = name.replace("XBT", "BTC")
    return next((market for market in MARKETS if "".join(market) == name), None)


def kraken_id(market):
    return {("BTC", "USD"): "XXBTZUSD", ("ETH", "USD"): "XETHZUSD", ("BTC", "USDT"): "XBTUSDT"}.get(
        market, "".join(market))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer leaves at once, and in one piece where it is small.
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    world = None

    def log_message(self, *_):
        pass

    def send(self, body, status=200, headers=(), kind="application/json", claimed=None):
        data = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) if claimed is None else claimed))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def date_time_string(self, timestamp=None):
        return super().date_time_string(self.world.now if self.world and timestamp is None else timestamp)

    def abandon(self, hard):
        """Closes the connection, with a reset where it is hard."""
        self.wfile.flush()
        if hard:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()
        self.close_connection = True

    def do_GET(self):
        try:
            self.answer()
        except (BrokenPipeError, ConnectionResetError, OSError, ValueError):
            self.close_connection = True

    def answer(self):
        parts = urlsplit(self.path)
        found = re.match(r"/w/([A-Za-z0-9-]+)(/.*)$", parts.path)
        if not found:
            return self.send("{}", 404)
        with worlds_lock:
            self.world = worlds.setdefault(found[1], World())
        path, query = found[2], {name: values[0] for name, values in parse_qs(parts.query).items()}
        own = {"/set": self.set, "/count": self.say_count, "/truth": self.truth, "/denied": self.say_denied,
               "/log": self.say_log}
        if path in own:
            return own[path](query)
        with self.world.lock:
            self.world.log.append(self.path)
        if path.endswith("/exchangeInfo"):
            return self.meta(lambda shape: self.binance_markets(query, shape))
        if path.endswith("/klines"):
            return self.candles(lambda shape: self.binance(query, shape))
        if path == "/0/public/Assets":
            return self.meta(lambda shape: self.finish(json.dumps({"error": [], "result": self.kraken_assets()}), shape))
        if path == "/0/public/AssetPairs":
            return self.meta(lambda shape: self.finish(json.dumps({"error": [], "result": self.kraken_pairs(shape)}), shape))
        if path == "/0/public/OHLC":
            return self.candles(lambda shape: self.kraken(query, shape))
        if path == "/currencies":
            return self.meta(lambda shape: self.finish(json.dumps(
                [{"id": c, "name": c, "status": "online", "details": {}, "max_precision": "0.00000001"}
                 for c in sorted({coin for market in MARKETS for coin in market})]), shape))
        if path == "/products":
            return self.meta(lambda shape: self.finish(json.dumps(
                [{"id": "-".join(m), "base_currency": m[0], "quote_currency": m[1], "quote_increment": "0.01",
                  "base_increment": "0.00000001", "display_name": "/".join(m), "min_market_funds": "1",
                  "status": "online", "trading_disabled": False, "post_only": False, "limit_only": False,
                  "cancel_only": False} for m in listed(shape)]), shape))
        found = re.match(r"/products/([A-Z0-9-]+)/candles$", path)
        if found:
            return self.candles(lambda shape: self.coinbase(found[1], query, shape))
        self.send('{"message":"NotFound"}', 404)

    # --- what tests say and ask

    def set(self, query):
        world = World()
        world.faults = [fault for fault in query.get("faults", "").split(",") if fault]
        world.gaps = [tuple(map(int, gap.split("-"))) for gap in query.get("gaps", "").split(",") if gap]
        for name in ("listed", "now", "kept", "limit", "weight"):
            if name in query:
                setattr(world, name, int(query[name]))
        world.meta = query.get("meta") == "1"
        if "killAt" in query:
            world.kill = (int(query["killAt"]), query["pidFile"], int(query.get("signal", signal.SIGKILL)))
        with worlds_lock:
            worlds[self.path.split("/")[2]] = world
        self.send("{}")

    def say_count(self, _):
        self.send(str(self.world.count), kind="text/plain")

    def say_denied(self, query):
        """Of each bar that there is: how many answers had none where it belongs, of its own step or of a longer one."""
        step = int(query["step"])
        rows = self.world.bars(market_of(query["symbol"]), step, int(query["from"]), int(query["to"]))
        with self.world.lock:
            denied = self.world.denied.copy()
        steps = sorted({one for one, _ in denied if one % step == 0})
        self.send("".join(f"{row[0]},{sum(denied[one, row[0] // one * one] for one in steps)}\n" for row in rows),
                  kind="text/plain")

    def deny(self, market, step, first, last, rows, shape, most=None):
        """Notes the bars of a question that its answer has not, as far as the answer goes: up to its last bar where it is full."""
        if shape not in HIDING:
            return
        end = rows[-1][0] + step if most and len(rows) == most else last
        given = {row[0] for row in rows}
        with self.world.lock:
            self.world.denied.update(
                (step, row[0]) for row in self.world.bars(market, step, first, end) if row[0] not in given)

    def say_log(self, _):
        self.send(json.dumps(self.world.log))

    def truth(self, query):
        rows = self.world.bars(market_of(query["symbol"]), int(query["step"]), int(query["from"]), int(query["to"]))
        self.send("".join(",".join(map(str, row)) + "\n" for row in rows), kind="text/plain")

    # --- faults

    def meta(self, honest):
        if not self.world.meta:
            return honest(None)
        self.candles(honest, isMeta=True)

    def candles(self, honest, isMeta=False):
        """An answer with bars, or what a fault makes of it."""
        world = self.world
        with world.lock:
            world.count += 1
            fault = world.faults.pop(0) if world.faults else "ok"
            if world.kill and world.count == world.kill[0]:
                with open(world.kill[1]) as file:
                    os.kill(int(file.read()), world.kill[2])
                return self.hang()
        fault, _, detail = fault.partition("=")
        if fault.isdigit():
            headers = [("Retry-After", detail)] if detail else []
            if detail == "date":
                headers = [("Retry-After", self.date_time_string(world.now + 7))]
            return self.send('{"code":-1003,"msg":"Too many requests."}' if fault in ("429", "418") else "<html>", int(fault), headers)
        if fault == "hang":
            return self.hang()
        if fault == "close":
            return self.abandon(False)
        if fault == "redirect":
            return self.send("", 302, [("Location", "http://localhost:1/elsewhere")])
        if fault == "badjson":
            return self.send("<html>Just a moment</html>", kind="text/html")
        if fault == "huge":
            return self.huge()
        if fault == "errorbody":
            return self.error_body()
        if fault == "refused":
            return self.send('{"code":-1100,"msg":"Illegal characters.","message":"Illegal characters."}', 400)
        # What is of bars alone says nothing of markets.
        honest(fault if not isMeta or fault in ("cut", "cutjson", "reset", "slow", "unlisted") else None)

    def hang(self):
        self.connection.settimeout(5)
        try:
            self.connection.recv(1)
        except OSError:
            pass
        self.abandon(True)

    def huge(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.close_connection = True
        while True:
            self.wfile.write(b"[0," * 50000)

    def error_body(self):
        if "/0/public/" in self.path:
            return self.send('{"error":["EService:Unavailable"]}')
        if "/api/v3/" in self.path:
            return self.send('{"code":-1003,"msg":"Too much request weight used."}')
        self.send('{"message":"Public rate limit exceeded"}')

    def shaped(self, rows, shape, step):
        """Rows as a fault has them, in the order of time."""
        third = len(rows) // 3
        if shape == "empty":
            return []
        if shape == "late":
            return rows[third + 1:]
        if shape == "short":
            return rows[:third]
        if shape == "gap":
            return rows[:third] + rows[third + 1 + third // 4:]
        if shape == "back" and len(rows) > 3:
            return [*rows[:third], rows[third + 1], rows[third], *rows[third + 2:]]
        if shape == "dup" and rows:
            other = list(rows[third])
            other[5] = "0.5"
            return [*rows[:third + 1], other, *rows[third + 1:]]
        if shape == "same" and rows:
            return [*rows[:third + 1], rows[third], *rows[third + 1:]]
        if shape == "wrongstep":
            return rows[::2] if len(rows) > 12 else [[row[0] + step // 2, *row[1:]] for row in rows]
        if shape == "outside" and rows:
            return [[row[0] + 100000 * step, *row[1:]] for row in rows]
        if shape == "nan" and rows:
            return [*rows[:third], [rows[third][0], "nan" if "products" not in self.path else "null", *rows[third][2:]], *rows[third + 1:]]
        if shape == "negative" and rows:
            return [*rows[:third], [rows[third][0], *rows[third][1:3], "-1.00", *rows[third][4:]], *rows[third + 1:]]
        if shape == "upsidedown" and rows:
            row = rows[third]
            return [*rows[:third], [row[0], row[1], row[3], row[2], *row[4:]], *rows[third + 1:]]
        return rows

    def other(self, market):
        """Another market, each time another one."""
        with self.world.lock:
            self.world.others += 1
            count = self.world.others
        others = [one for one in MARKETS if one != market]
        return others[count % len(others)]

    def finish(self, body, shape):
        headers = []
        if self.world.weight is not None:
            headers.append(("x-mbx-used-weight-1m", str(self.world.weight)))
        data = body.encode()
        if shape == "cut":
            self.send(data[:len(data) // 2], claimed=len(data))
            return self.abandon(False)
        if shape == "reset":
            self.send(data[:len(data) // 2], claimed=len(data))
            return self.abandon(True)
        if shape == "cutjson":
            return self.send(data[:len(data) * 2 // 3])
        if shape == "slow":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            for part in range(0, len(data), len(data) // 4 + 1):
                self.wfile.write(data[part:part + len(data) // 4 + 1])
                self.wfile.flush()
                time.sleep(0.01)
            return
        self.send(data, headers=headers)

    # --- Binance

    def binance_markets(self, query, shape):
        wanted = query.get("symbol")
        if wanted and (not market_of(wanted) or "".join(market_of(wanted)) != wanted):
            return self.send('{"code":-1121,"msg":"Invalid symbol."}', 400)
        entries = [{
            "symbol": a + b, "status": "TRADING", "baseAsset": a, "baseAssetPrecision": 8, "quoteAsset": b,
            "quotePrecision": 8, "quoteAssetPrecision": 8, "orderTypes": ["LIMIT"], "icebergAllowed": True,
            "isSpotTradingAllowed": True, "isMarginTradingAllowed": False, "permissions": ["SPOT"], "permissionSets": [["SPOT"]],
            "filters": [{"filterType": "PRICE_FILTER", "minPrice": "0.01", "maxPrice": "1000000", "tickSize": "0.01"},
                        {"filterType": "LOT_SIZE", "minQty": "0.001", "maxQty": "9000", "stepSize": "0.001"}],
        } for a, b in listed(shape) if not wanted or a + b == wanted]
        answer = {"timezone": "UTC", "serverTime": self.world.now * 1000, "rateLimits": [], "symbols": entries}
        self.finish(json.dumps(answer), shape)

    def binance(self, query, shape):
        market = market_of(query.get("symbol", ""))
        if not market or "".join(market) != query["symbol"] or shape == "wrongsymbol":
            return self.send('{"code":-1121,"msg":"Invalid symbol."}', 400)
        step, most = STEPS[query["interval"]], min(int(query.get("limit", 500)), 1000, self.world.limit or 1000)
        first = -(-int(query["startTime"]) // 1000) if "startTime" in query else self.world.now - most * step
        last = int(query["endTime"]) // 1000 + 1 if "endTime" in query else self.world.now + 1
        rows = self.shaped(
            self.world.bars(self.other(market) if shape == "othersymbol" else market, step, first, last, most), shape, step)
        self.deny(market, step, first, last, rows, shape, most)
        self.finish(json.dumps(
            [[t * 1000, o, h, l, c, v, (t + step * (2 if shape in ("wrongstep", "wrongend") else 1)) * 1000 - 1, "1.0", 7, "0.5", "0.5", "0"]
             for t, o, h, l, c, v in rows]), shape)

    # --- Kraken

    def kraken_assets(self):
        names = {"BTC": "XXBT", "ETH": "XETH", "USD": "ZUSD"}
        return {names.get(coin, coin): {"aclass": "currency", "altname": "XBT" if coin == "BTC" else coin, "decimals": 10,
                                        "display_decimals": 5, "status": "enabled"}
                for coin in sorted({coin for market in MARKETS for coin in market})}

    def kraken_pairs(self, shape):
        names = {"BTC": "XXBT", "ETH": "XETH", "USD": "ZUSD"}
        plain = {"BTC": "XBT"}
        return {kraken_id(m): {
            "altname": plain.get(m[0], m[0]) + m[1], "wsname": f"{plain.get(m[0], m[0])}/{m[1]}", "aclass_base": "currency",
            "base": names.get(m[0], m[0]), "aclass_quote": "currency", "quote": names.get(m[1], m[1]), "lot": "unit",
            "cost_decimals": 5, "pair_decimals": 2, "lot_decimals": 8, "lot_multiplier": 1, "leverage_buy": [],
            "leverage_sell": [], "fees": [[0, 0.4]], "fees_maker": [[0, 0.25]], "fee_volume_currency": "ZUSD",
            "margin_call": 80, "margin_stop": 40, "ordermin": "0.0001", "costmin": "0.5", "tick_size": "0.01",
            "status": "online"} for m in listed(shape)}

    def kraken(self, query, shape):
        market = market_of(query.get("pair", ""))
        if not market or shape == "wrongsymbol":
            return self.send('{"error":["EQuery:Unknown asset pair"]}')
        step, since = int(query["interval"]) * 60, int(query.get("since", 0))
        source = self.other(market) if shape == "othersymbol" else market
        # Of the rows after `since` those among its latest, or the first ones where it keeps all.
        oldest = self.world.now // step * step - (self.world.kept - 1) * step if self.world.kept else 0
        rows = self.world.bars(source, step, max(since + 1, oldest), self.world.now + 1, 720)
        rows = self.shaped(rows, shape, step)
        self.deny(market, step, max(since + 1, oldest), self.world.now + 1, rows, shape, 720)
        last = rows[-1][0] if rows else since
        self.finish(json.dumps({"error": [], "result": {
            kraken_id(source): [[t, o, h, l, c, o, v, 5] for t, o, h, l, c, v in rows], "last": last}}), shape)

    # --- Coinbase

    def coinbase(self, name, query, shape):
        market = market_of(name)
        if not market or shape == "wrongsymbol":
            return self.send('{"message":"NotFound"}', 404)
        step = int(query["granularity"])
        moment = lambda text: int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
        first = moment(query["start"]) if "start" in query else self.world.now - 299 * step
        last = moment(query["end"]) if "end" in query else self.world.now
        if (last - first) // step + 1 > 300:
            return self.send('{"message":"granularity too small for the requested time range. Count of aggregations requested exceeds 300"}', 400)
        rows = self.shaped(
            self.world.bars(self.other(market) if shape == "othersymbol" else market, step, first, last + 1), shape, step)
        self.deny(market, step, first, last + 1, rows, shape)
        # Numbers as it writes them, newest first.
        self.finish("[" + ",".join(f"[{t},{l},{h},{o},{c},{v}]" for t, o, h, l, c, v in reversed(rows)) + "]", shape)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass


if __name__ == "__main__":
    server = Server(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
