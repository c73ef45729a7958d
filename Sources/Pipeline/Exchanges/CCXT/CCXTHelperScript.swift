/// The program in Python that asks exchanges by ccxt: it reads requests from standard input and writes answers, a line of
/// JSON each. It lies inside the program, so that a copy of it needs no other file.
enum CCXTHelperScript {
  /// Which requests and answers it knows.
  static let protocolVersion = 1

  /// What the interpreter is given to run.
  static let text = #"""
    import sys
    # A file in the working folder is no module of ours.
    sys.path[:] = [part for part in sys.path if part not in ("", ".")]
    import json
    import os
    import signal
    from decimal import Decimal
    from urllib.parse import urlsplit

    # Who started it decides when it ends. What a library prints does not belong among the answers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    exchange = None


    def say(**message):
        channel.write(json.dumps(message) + "\n")
        channel.flush()


    if os.environ.get("SSL_CERT_FILE"):
        os.environ.setdefault("REQUESTS_CA_BUNDLE", os.environ["SSL_CERT_FILE"])
    try:
        import ccxt
    except ImportError as problem:
        say(protocol=1, missing=str(problem))
        sys.exit(0)
    say(protocol=1, ccxt=ccxt.__version__)


    def decimal(number):
        """Shortest digits that read back the same, without an exponent."""
        return None if number is None else format(Decimal(repr(float(number))), "f")


    def redirected(urls, base):
        """The same addresses at another host, with their paths."""
        if isinstance(urls, dict):
            return {name: redirected(part, base) for name, part in urls.items()}
        return base + urlsplit(urls).path if isinstance(urls, str) else urls


    def first_address(urls):
        if isinstance(urls, str):
            return urls
        if isinstance(urls, dict):
            for name in ["public", "rest", *urls]:
                found = first_address(urls.get(name))
                if found:
                    return found
        return ""


    def limit_of(symbol):
        features = exchange.features or {}
        part = features.get("spot") or {}
        if ":" in symbol:
            part = features.get("swap") or {}
            part = part.get("linear") or part.get("inverse") or part
        return (part.get("fetchOHLCV") or {}).get("limit")


    def exchanges(request):
        return {"exchanges": ccxt.exchanges}


    def open_exchange(request):
        global exchange
        options = {
            "enableRateLimit": True, "timeout": request["timeout"], "requests_trust_env": True,
            "options": {"fetchCurrencies": False}}
        if ":" not in request["symbol"]:
            options["options"].update(defaultType="spot", fetchMarkets={"types": ["spot"]})
        if request.get("spacing") is not None:
            options["rateLimit"] = request["spacing"]
        exchange = getattr(ccxt, request["exchange"])(options)
        exchange.session.trust_env = True
        exchange.enableLastJsonResponse = True
        exchange.enableLastResponseHeaders = True
        if request.get("address"):
            exchange.urls["api"] = redirected(exchange.urls["api"], request["address"])
        if not exchange.has.get("fetchOHLCV"):
            return {"steps": [], "symbols": [], "limit": None, "address": ""}
        exchange.load_markets()
        address = first_address(exchange.urls["api"]).replace("{hostname}", str(exchange.hostname))
        return {
            "steps": list(exchange.timeframes or {}), "symbols": list(exchange.symbols or []),
            "limit": limit_of(request["symbol"]), "address": address}


    def fetch(request):
        exchange.last_json_response = exchange.last_response_headers = None
        rows = exchange.fetch_ohlcv(request["symbol"], request["timeframe"], request["since"], request["limit"])
        # ccxt takes an answer that was cut for one without bars.
        if exchange.last_json_response is None:
            raise ccxt.BadResponse("an answer that is no whole JSON")
        return {
            "rows": [[row[0], *map(decimal, row[1:6])] for row in rows],
            "date": (exchange.last_response_headers or {}).get("Date")}


    def fault(problem):
        words = str(problem).lower()
        if isinstance(problem, ccxt.BadSymbol):
            kind = "symbol"
        elif isinstance(problem, (ccxt.RateLimitExceeded, ccxt.DDoSProtection)) or "rate limit" in words:
            kind = "limit"
        elif isinstance(problem, ccxt.OperationFailed):
            kind = "passing"
        elif isinstance(problem, ccxt.BaseError):
            kind = "lasting"
        else:
            kind = "odd"
        headers = getattr(exchange, "last_response_headers", None) or {}
        return {
            "error": type(problem).__name__, "kind": kind, "message": str(problem)[:300],
            "retryAfter": headers.get("Retry-After"), "date": headers.get("Date")}


    answers = {"exchanges": exchanges, "open": open_exchange, "fetch": fetch}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = answers[request["do"]](request)
        except Exception as problem:
            answer = fault(problem)
        say(id=request["id"], **answer)
    """#
}
