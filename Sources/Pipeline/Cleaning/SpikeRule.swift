/// A stretch of bars that leaves its neighbours and comes back.
package struct Spike: Sendable, Hashable {
  /// What left: the closes of the bars, or the high or the low of one while its open and close stayed.
  package enum Part: Sendable, Hashable { case close, high, low }

  /// The bars, as places among the sound rows.
  package let bars: Range<Int>
  /// What left.
  package let part: Part
  /// By how much, ln of the price over the nearest that stayed; negative downwards.
  package let move: Double
  /// The usual size of a bar's move there: 1.4826 times the median of their magnitudes, a standard deviation in a normal law.
  package let scale: Double
}

/// When bars count as leaving and coming back: by robust scales, so that neither spikes nor fat tails widen what is usual.
///
/// Closes: one to three bars whose first move and whose way back are each more than `moves` times the usual move, in
/// opposite directions, so that less than `rest` of the larger remains, while between the bars the price moves by less than
/// that. The usual move is 1.4826 times the median magnitude of the 50 returns around (those of the spike left out), and at
/// least a quarter of what it is over the whole file where it moves at all, and one step of the last digit that the closes are
/// written with, so that quiet hours make no spikes of ticks.
///
/// A high (or low): ln of it over the highest (lowest) of its own open and close and the closes of both neighbours is more than
/// `moves` times the usual move, and `moves` times 1.4826 the median of the same distance of the 50 bars around.
///
/// Source: Hampel (1974), J. American Statistical Association 69(346), for median and median deviation in the place of mean and
/// standard deviation; the way back is what tells a wrong tick from a move of the market.
package struct SpikeRule {
  /// How many usual moves away.
  package static let moves = 10.0
  /// What may remain of the move when it is over, as a fraction.
  package static let rest = 0.3
  /// The most bars of a spike of closes.
  package static let longest = 3
  /// The bars looked at on each side.
  private static let side = 25
  private static let normal = 1.4826

  private let returns: [Double]
  private let closes: [Double]
  private let least: Double
  /// The last digit that closes are written with; 0 where there is none.
  private let step: Double
  /// Medians of magnitudes by blocks of 64: a first look that is cheap.
  private let blocks: [Double]

  /// A rule over the closes and log returns of bars; the first return is none.
  package init(closes: [Double], returns: [Double]) {
    self.closes = closes
    self.returns = returns
    step = Self.lastDigit(of: closes)
    let moved = returns.dropFirst().lazy.map(\.magnitude).filter { $0 > 0 }
    least = Self.normal * Self.median(Array(moved)) / 4
    blocks = stride(from: 0, to: returns.count, by: 64).map { start in
      Self.median(returns[start..<min(start + 64, returns.count)].map(\.magnitude))
    }
  }

  /// All spikes, in the order of time.
  package func spikes(open: [Double], high: [Double], low: [Double], close: [Double]) -> [Spike] {
    guard returns.count >= 20, least > 0 else { return [] }
    var spikes: [Spike] = []
    var bar = 1
    while bar < returns.count - 1 {
      if let spike = ofCloses(bar) {
        spikes.append(spike)
        bar = spike.bars.upperBound
      } else {
        bar += 1
      }
    }
    let inCloses = Set(spikes.flatMap(\.bars))
    for (part, extreme, sign) in [(Spike.Part.high, high, 1.0), (.low, low, -1.0)] where !extreme.isEmpty {
      spikes += ofExtremes(part, extreme, sign, open, close).filter { !inCloses.contains($0.bars.lowerBound) }
    }
    return spikes.sorted { $0.bars.lowerBound < $1.bars.lowerBound }
  }

  /// The spike of closes that begins with a bar.
  private func ofCloses(_ bar: Int) -> Spike? {
    let away = returns[bar]
    guard away.magnitude > Self.moves * max(floor(bar), blocks[bar / 64] / 4) else { return nil }
    for end in (bar + 1)..<min(bar + 1 + Self.longest, returns.count) {
      let back = returns[end]
      let between = returns[(bar + 1)..<end]
      let stays = between.allSatisfy { $0.magnitude < Self.rest * away.magnitude }
      let left = (away + back + between.reduce(0, +)).magnitude
      guard stays, away * back < 0, left < Self.rest * max(away.magnitude, back.magnitude) else { continue }
      let scale = max(floor(bar), usual(around: bar...end))
      guard min(away.magnitude, back.magnitude) > Self.moves * scale else { continue }
      return Spike(bars: bar..<end, part: .close, move: away, scale: scale)
    }
    return nil
  }

  /// Highs, or lows with the sign −1, that leave while closes stay.
  private func ofExtremes(
    _ part: Spike.Part, _ extreme: [Double], _ sign: Double, _ open: [Double], _ close: [Double]
  ) -> [Spike] {
    let distances = extreme.indices.map { bar -> Double in
      var nearest = max(sign * close[bar], sign * close[max(0, bar - 1)], sign * close[min(bar + 1, close.count - 1)])
      if !open.isEmpty, !open[bar].isNaN { nearest = max(nearest, sign * open[bar]) }
      return sign * extreme[bar] - nearest
    }
    return extreme.indices.compactMap { bar in
      let distance = distances[bar]
      guard distance > Self.moves * max(floor(bar), blocks[bar / 64] / 4) else { return nil }
      let around = max(0, bar - Self.side)..<min(distances.count, bar + Self.side + 1)
      let others = around.filter { $0 != bar }.map { max(0, distances[$0].isNaN ? 0 : distances[$0]) }
      let scale = max(
        floor(bar), usual(around: bar...min(bar + 1, returns.count - 1)), Self.normal * Self.median(others))
      guard distance > Self.moves * scale else { return nil }
      return Spike(bars: bar..<(bar + 1), part: part, move: sign * distance, scale: scale)
    }
  }

  /// What the usual move at a bar is at least.
  private func floor(_ bar: Int) -> Double { max(least, step / closes[max(0, bar - 1)]) }

  /// The power of ten that all closes are multiples of, from 1 to 10⁻⁸; 0 where there is none.
  private static func lastDigit(of closes: [Double]) -> Double {
    var power = 1.0
    for _ in 0...8 {
      let isMultiple = closes.allSatisfy { close in
        let scaled = close * power
        return abs(scaled - scaled.rounded()) <= 1e-9 * max(1, scaled)
      }
      if isMultiple { return 1 / power }
      power *= 10
    }
    return 0
  }

  /// 1.4826 times the median magnitude of the returns around some, which are left out.
  private func usual(around bars: ClosedRange<Int>) -> Double {
    let before = max(1, bars.lowerBound - Self.side)..<max(1, bars.lowerBound)
    let after = (bars.upperBound + 1)..<max(bars.upperBound + 1, min(returns.count, bars.upperBound + 1 + Self.side))
    return Self.normal * Self.median((returns[before] + returns[after]).map(\.magnitude))
  }

  /// The median; 0 of nothing.
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
