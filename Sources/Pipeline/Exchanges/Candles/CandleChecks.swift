import MarketData

/// What must hold of bars before they are believed.
struct CandleChecks {
  /// The step that was asked for.
  let step: CandleStep
  /// The market, for messages.
  let market: ExchangeMarket

  /// The bars of an answer that lie in a range: in the order of time, each once.
  ///
  /// - Throws: `untrue` for what no honest answer has.
  func checked(
    _ candles: [Candle], in range: Range<Int64>, outside: OutsideRows
  ) throws(ExchangeFault) -> [Candle] {
    var kept: [Candle] = []
    kept.reserveCapacity(candles.count)
    var previous: Candle?
    for candle in candles {
      try check(candle)
      if let previous {
        if candle.time < previous.time {
          throw .untrue(
            "gave bars whose time goes back, from \(Self.text(previous.time)) to \(Self.text(candle.time))")
        }
        if candle.time == previous.time {
          guard candle == previous else { throw Self.differing(candle.time) }
          continue
        }
      }
      previous = candle
      if range.contains(candle.time) {
        kept.append(candle)
      } else if outside == .refused {
        throw .untrue(
          "gave a bar at \(Self.text(candle.time)), outside of what it was asked for, \(Self.text(range))")
      }
    }
    try checkSpacing(kept)
    return kept
  }

  /// Two bars for one moment.
  static func differing(_ time: Int64) -> ExchangeFault { .untrue("gave two different bars for \(text(time))") }

  private func check(_ candle: Candle) throws(ExchangeFault) {
    let time = candle.time
    guard step.open(of: time) == time else {
      throw .untrue("gave a bar at \(Self.text(time)), where no bar of \(step) begins")
    }
    let numbers = [candle.open, candle.high, candle.low, candle.close, candle.volume].map { text in
      text.utf8.contains(UInt8(ascii: " ")) ? nil : DecimalNumber.parse(Array(text.utf8)[...])
    }
    guard let open = numbers[0], let high = numbers[1], let low = numbers[2], let close = numbers[3],
      let volume = numbers[4]
    else { throw .untrue("gave a bar at \(Self.text(time)) with something that is no number") }
    guard low > 0 else { throw .untrue("gave a bar at \(Self.text(time)) with a price that is not above 0") }
    guard low <= open, low <= close, open <= high, close <= high else {
      throw .untrue(
        "gave a bar at \(Self.text(time)) whose open or close lies outside of its low and high "
          + "(\(candle.open), \(candle.high), \(candle.low), \(candle.close))")
    }
    guard volume >= 0 else { throw .untrue("gave a bar at \(Self.text(time)) with a volume below 0") }
  }

  /// Bars that all lie the same number of steps apart are those of another step.
  private func checkSpacing(_ candles: [Candle]) throws(ExchangeFault) {
    guard candles.count >= 6 else { return }
    let spacing = candles[1].time - candles[0].time
    guard spacing > step.milliseconds else { return }
    guard zip(candles, candles.dropFirst()).allSatisfy({ $1.time - $0.time == spacing }) else { return }
    throw .untrue("gave bars that are \(spacing / step.milliseconds) steps of \(step) apart: those of another step")
  }

  /// A moment in messages.
  static func text(_ time: Int64) -> String { Timestamp.text(milliseconds: time) }

  /// A range in messages, from the first bar up to the end of the last.
  static func text(_ range: Range<Int64>) -> String { "\(text(range.lowerBound)) to \(text(range.upperBound))" }
}
