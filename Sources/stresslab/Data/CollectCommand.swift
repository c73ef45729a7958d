import ArgumentParser
import Documents
import Foundation
import Lab
import MarketData
import Pipeline

/// `stresslab collect`: bars from an exchange into the data folder.
struct CollectCommand: FollowedCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Brings recorded bars home from an exchange, and goes on where it stopped.",
    discussion: """
      Asks page by page for what is not home yet, as fast as the exchange allows, and again where an answer fails. Bars that are \
      still going on are left out. Each answer is checked: the exchange, the market, the order of time, prices. Bars that are \
      missing are asked for three times, and are then listed as gaps; nothing is ever put in their place.

      binance, coinbase and kraken are asked directly, all others that ccxt knows as ccxt:NAME, by a Python that has ccxt: \
      STRESSLAB_PYTHON, .venv-ccxt (see `make ccxt`) or python3. No key is needed, and none is read.

        stresslab collect binance BTC/USDT 1h --from 2020-01-01
        stresslab collect ccxt:kucoin ETH/USDT 1d --from 2019-01-01 --to 2019-12-31
        stresslab fit data:binance/BTC-USDT/1h

      Exit codes: 0 all is home, 2 it cannot be had, 74 the exchange does not answer (the same command goes on), 130 \
      interrupted (likewise).
      """)

  @Argument(
    help: ArgumentHelp("binance, coinbase, kraken, or ccxt:NAME.", valueName: "exchange"),
    completion: .list(NativeExchanges.names + ["ccxt:"]))
  var exchange: String

  @Argument(help: ArgumentHelp("The market, such as BTC/USDT.", valueName: "symbol"))
  var symbol: String

  @Argument(
    help: ArgumentHelp("How long a bar lasts: 1m to 1d, as the exchange has them.", valueName: "step"),
    completion: .list(["1m", "5m", "15m", "1h", "4h", "1d"]))
  var step: String

  @Option(
    help: ArgumentHelp("The first day, such as 2020-01-01 (UTC), or a moment: 2020-01-01T12:00.", valueName: "day"))
  var from: String

  @Option(
    help: ArgumentHelp("The last day, or the moment after the last bar; now unless given.", valueName: "day"))
  var to: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("The dataset's name in the data folder; EXCHANGE/SYMBOL/STEP unless given.", valueName: "name"))
  var dataset: String?

  @OptionGroup
  var option: DataOption

  @Option(help: ArgumentHelp("Where the exchange is asked, instead of its own address.", valueName: "url"))
  var address: String?

  @Option(help: "Seconds that the exchange has for an answer.")
  var timeout = 30.0

  @Flag(help: "Ask for gaps again that were found before: exchanges add bars later.")
  var again = false

  @Flag(help: "Print what came home as JSON.")
  var json = false

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var following: EventsOption

  @OptionGroup
  var coloring: ColorOption

  /// What is asked for, checked.
  private struct Wish {
    let exchange: String
    let isByCCXT: Bool
    let step: CandleStep
    let range: Range<Int64>
    let name: DatasetName
    let address: WebAddress?
  }

  func work(_ events: EventFile?) throws {
    let folder = try option.folder()
    let sleeper = SystemSleeper { Interrupts.isRequested }
    let wish = try wish(at: sleeper.now)
    Interrupts.watch(
      farewell: PrintableText.escaped("Stopped. What came is in \(folder.raw(wish.name)); the same command goes on."))
    events?.tell(begun(wish, in: folder))
    if !again, let origin = try homeOrigin(wish, folder, sleeper.now) {
      let writer = try CandleWriter(folder, wish.name, origin, now: { sleeper.now })
      return try finish(writer, origin, CandleCollector.Collected(), folder)
    }
    var kept: CandleWriter?
    do {
      try collect(wish, folder, sleeper, events) { kept = $0 }
    } catch let fault as ExchangeFault {
      throw Self.error(fault, wish.exchange, symbol, kept?.rows ?? 0, folder.raw(wish.name))
    } catch let changed as CandleWriter.ChangedSource {
      throw Refusal("\(changed); what was kept stays as it was")
    }
  }

  /// Asks the exchange.
  private func collect(
    _ wish: Wish, _ folder: DataFolder, _ sleeper: SystemSleeper, _ events: EventFile?,
    opened: (CandleWriter) -> Void
  ) throws {
    var printer = ProgressPrinter(isQuiet: quiet, isVerbose: false)
    defer { printer.end() }
    func pause(_ pause: Persistence.Pause) {
      printer.end()
      guard !quiet else { return }
      Output.error(
        "\(wish.exchange) \(pause.words); asked again in \(Persistence.text(pause.seconds)) (try \(pause.failed) of "
          + "\(pause.tries) failed)")
    }
    func persisting<Value>(_ request: () throws(ExchangeFault) -> Value) throws(ExchangeFault) -> Value {
      try Persistence().attempt(
        sleeper: sleeper, fraction: { Double.random(in: 0..<1) }, tell: pause, request)
    }
    let source = try source(wish, sleeper, persisting)
    guard source.steps.contains(wish.step) else {
      let known = source.steps.map(\.description)
      throw Refusal("\(wish.exchange) has no bars of \(wish.step); known: \(known.joined(separator: ", "))")
    }
    let market = try persisting { () throws(ExchangeFault) in try source.market(symbol) }
    let origin = CandleOrigin(
      exchange: source.exchange, address: source.address, symbol: market.symbol, step: "\(wish.step)",
      stepMilliseconds: wish.step.milliseconds,
      tool: source.tool == "native" ? "stresslab \(Program.version)" : source.tool)
    let writer = try CandleWriter(folder, wish.name, origin, now: { sleeper.now })
    opened(writer)
    let end = min(wish.range.upperBound, wish.step.open(of: sleeper.now))
    let collected = try CandleCollector(source, market, wish.step, sleeper: sleeper).collect(
      wish.range, covered: again ? writer.covered.without(writer.gaps()) : writer.covered,
      add: { try writer.add($0, covering: $1) },
      tell: { news in
        switch news {
        case .pause(let news): pause(news)
        case .reached(let time, let new):
          let progress = CollectProgress(
            what: origin.words, start: wish.range.lowerBound, reached: time, end: end, new: new,
            seconds: printer.seconds)
          printer.show(progress)
          events?.tell(.page) { progress.event }
        }
      })
    printer.end()
    try finish(writer, origin, collected, folder, source.limitOfHistory)
  }

  /// That it begins, as `--events` tells it.
  private func begun(_ wish: Wish, in folder: DataFolder) -> ToldEvent {
    ToldEvent(
      .begun,
      [
        "command": "collect", "title": .string("\(wish.exchange) \(symbol) \(wish.step)"),
        "folder": .string(folder.raw(wish.name)), "name": .string("\(wish.name)"), "exchange": .string(wish.exchange),
        "symbol": .string(symbol), "step": .string("\(wish.step)"),
        "from": .string(Timestamp.text(milliseconds: wish.range.lowerBound)),
        "to": to == nil ? .null : .string(Timestamp.text(milliseconds: wish.range.upperBound)),
      ])
  }

  /// Who is asked.
  private func source(
    _ wish: Wish, _ sleeper: SystemSleeper,
    _ persisting: (() throws(ExchangeFault) -> any CandleSource) throws(ExchangeFault) -> any CandleSource
  ) throws(ExchangeFault) -> any CandleSource {
    let (address, symbol, timeout) = (wish.address, symbol, timeout)
    guard wish.isByCCXT else {
      guard
        let source = NativeExchanges.source(wish.exchange, at: address, sleeper: sleeper, timeout: timeout)
      else { preconditionFailure("Invariant: the exchange was looked up") }
      return source
    }
    let helper = CCXTHelper(
      environment: ProcessInfo.processInfo.environment, sleeper: sleeper, timeout: timeout)
    return try persisting { () throws(ExchangeFault) in
      try CCXTCandles(wish.exchange, symbol: symbol, at: address, helper: helper)
    }
  }

  /// Where bars came from, where all that are asked for are home; nil where some may be missing.
  private func homeOrigin(_ wish: Wish, _ folder: DataFolder, _ now: Int64) throws -> CandleOrigin? {
    guard let manifest = try RawDataset.manifest(of: wish.name, in: folder), let origin = manifest.origin,
      (origin.exchange, origin.symbol, origin.stepMilliseconds) == (wish.exchange, symbol, wish.step.milliseconds),
      wish.range.upperBound <= CandleCollector.finished(wish.step, at: now)
    else { return nil }
    let range = wish.step.firstOpen(from: wish.range.lowerBound)..<wish.step.firstOpen(from: wish.range.upperBound)
    return manifest.covered.missing(in: range).isEmpty ? origin : nil
  }
}

// What the words of the command line mean.
extension CollectCommand {
  private func wish(at now: Int64) throws(Refusal) -> Wish {
    let isByCCXT = exchange.hasPrefix("ccxt:")
    let name = isByCCXT ? String(exchange.dropFirst(5)) : exchange
    guard isByCCXT ? !name.isEmpty : NativeExchanges.names.contains(name) else {
      let near = Suggestion.nearest(to: name, among: NativeExchanges.names).map { "; did you mean \(quoted($0))?" }
      throw Refusal(
        "\(quoted(exchange)) is none of \(NativeExchanges.names.joined(separator: ", "))"
          + (near ?? "; others are asked by ccxt, as ccxt:\(name.isEmpty ? "NAME" : name)"))
    }
    guard let length = CandleStep(step) else {
      throw Refusal(
        "\(quoted(step)) is no step of bars; they last from a minute to a day, such as 1m, 15m, 1h, 4h or 1d")
    }
    guard symbol.contains("/") else {
      throw Refusal("\(quoted(symbol)) is no market: both are named, such as BTC/USDT")
    }
    guard let first = Self.moment(from, isLast: false) else { throw Self.noMoment("--from", from) }
    let last = try to.map { (text) throws(Refusal) in
      guard let moment = Self.moment(text, isLast: true) else { throw Self.noMoment("--to", text) }
      return moment
    }
    if let last, let to, last <= first { throw Refusal("--to \(to) is not after --from \(from)") }
    guard length.firstOpen(from: first) < CandleCollector.finished(length, at: now) else {
      throw Refusal("no bar from --from \(from) on is over yet")
    }
    let usual = DatasetName(exchange: exchange, market: symbol, step: "\(length)")
    guard let dataset = dataset.map({ DatasetName($0) }) ?? usual else {
      throw Refusal("\(quoted(dataset ?? symbol)) is no name of a dataset: \(DatasetName.rule); --as gives another one")
    }
    let place = try place(of: name)
    guard (0.1...600).contains(timeout) else { throw Refusal("--timeout lies in 0.1…600 (seconds), not at \(timeout)") }
    return Wish(
      exchange: name, isByCCXT: isByCCXT, step: length, range: first..<(last ?? Int64(9_999_999_999_999)),
      name: dataset,
      address: place)
  }

  /// Where the exchange is asked by the option, or by the environment, where who has a proxy or a mirror of it may say so for all
  /// commands and jobs; nil for its own address.
  private func place(of name: String) throws(Refusal) -> WebAddress? {
    let variable = "STRESSLAB_ADDRESS_\(name.uppercased())"
    let (text, source) =
      address.map { ($0, "--address") } ?? (ProcessInfo.processInfo.environment[variable] ?? "", variable)
    if address == nil, text.isEmpty { return nil }
    guard let place = WebAddress(text) else {
      throw Refusal("\(source) takes an address such as https://api.example.com, not \(quoted(text))")
    }
    return place
  }

  /// A day's beginning, or its end, or a moment; milliseconds since 1970.
  private static func moment(_ text: String, isLast: Bool) -> Int64? {
    if let day = CalendarDay(text) { return Int64(day.daysSince1970 + (isLast ? 1 : 0)) * 86_400_000 }
    return Timestamp.milliseconds(text)
  }

  private static func noMoment(_ option: String, _ text: String) -> Refusal {
    Refusal("\(option) takes a day such as 2020-01-01 or a moment such as 2020-01-01T12:00, not \(quoted(text))")
  }

  /// What the program ends with when the exchange did not give what was asked for.
  private static func error(
    _ fault: ExchangeFault, _ exchange: String, _ symbol: String, _ rows: Int, _ place: String
  ) -> any Error {
    let kept = rows == 0 ? "nothing is home yet" : "\(rows) bars are home in \(place)"
    switch fault {
    case .lasting(let words): return Refusal("\(exchange) \(words)\(rows == 0 ? "" : "; \(kept)")")
    case .untrue(let words): return Refusal("\(exchange) \(words): that answer is not used; \(kept)")
    case .unknownSymbol(_, let nearest): return Refusal("\(exchange) has no market \(quoted(symbol))\(nearest)")
    case .passing(let words, _), .unavailable(let words):
      return SystemFailure("bars can't be had", .other("\(exchange) \(words); \(kept), and the same command goes on"))
    case .interrupted:
      Output.error("Stopped: \(kept), and the same command goes on.")
      return ExitCode.interrupted
    }
  }
}
