import Agents
import Lanes
import Markets
import Trading

/// What one trained agent saw and wanted on eight paths, close by close, while they are lived through again.
struct PolicyRecorder {
  private let desk: DeskTile
  private let seat: PolicySeat
  private let probe: PolicyProbe
  private let ends: [ClosedRange<Double>]?
  private let fullWeight: Double
  /// Closes from one to the next whose states are kept.
  private let stride: Int
  private var closes: [Close] = []
  /// `[close · inputs + input]`, a bit for each path: outside what it was in training.
  private var outside: [UInt8] = []
  /// `[kept close · inputs + input]`.
  private var states: [Lanes] = []

  /// What is known of all inputs at one close, a bit for each path.
  private struct Close {
    let step: Int
    let isAsked, isOutside, isSaturated: UInt8
  }

  /// Numbers of a path's states that are kept, at most.
  private static let mostNumbers = 1 << 20
  /// States of a path that are handed on, at most, of each time.
  static let statesOfPath = 4

  /// Nil for a desk whose agent was not trained.
  ///
  /// - Parameter steps: of the market.
  init?(_ desk: DeskTile, steps: Int) {
    guard let agent = desk.desk.agent as? PolicyAgent, let seat = desk.seat as? PolicySeat else { return nil }
    self.desk = desk
    self.seat = seat
    probe = PolicyProbe(agent.saved)
    ends = TrainedRanges(agent.saved)?.inputs.map(\.widened)
    // A sum of weights that were scaled down to the leverage is that but for rounding.
    fullWeight = agent.saved.mandate.leverage * (1 - 1e-9)
    stride = max(1, steps * seat.observations.count / Self.mostNumbers)
  }

  /// Keeps what the agent has just decided on, where it was asked at the last close.
  mutating func record(_ tile: MarketTile) {
    guard let step = seat.step, step == tile.step else { return }
    let seen = seat.observations.values
    if closes.count.isMultiple(of: stride) { states += seen }
    var any: UInt8 = 0
    if let ends {
      for (value, ends) in zip(seen, ends) {
        let bits = ~((value .>= ends.lowerBound) & (value .<= ends.upperBound)).bits
        outside.append(bits)
        any |= bits
      }
    }
    let gross = probe.weights(ofNumbers: seat.numbers, groups: 1).reduce(Lanes.zero) { $0 + abs($1) }
    closes.append(
      Close(
        step: step, isAsked: (desk.account.accounts[0].perEquity .!= 0).bits, isOutside: any,
        isSaturated: (gross .>= fullWeight).bits))
  }

  /// What became of it on one of the paths, after the last step.
  ///
  /// - Parameters:
  ///   - events: from when to when they act, in steps from t = 0.
  ///   - points: which point of the curves a close is, by its step.
  func path(_ lane: Int, events: [ClosedRange<Double>]?, points: (_ step: Int) -> Int?) -> PolicyPath {
    let inputs = seat.observations.count
    let phases = events == nil ? 1 : PolicyPhase.ofEvents.count
    var path = PolicyPath(phases: phases, inputs: inputs)
    var kept: [[Int]] = Array(repeating: [], count: phases)
    let first = events?.map(\.lowerBound).min() ?? .infinity
    for (number, close) in closes.enumerated() where close.isAsked >> lane & 1 == 1 {
      let moment = Double(close.step + 1)
      let phase: Int
      if moment <= first {
        phase = 0
      } else {
        phase = events?.contains { $0.lowerBound < moment && moment <= $0.upperBound } == true ? 1 : 2
      }
      let isOutside = close.isOutside >> lane & 1 == 1, isSaturated = close.isSaturated >> lane & 1 == 1
      path.closes[phase] += 1
      if isOutside { path.outside[phase] += 1 }
      if isSaturated { path.saturated[phase] += 1 }
      if isOutside {
        for input in 0..<inputs where outside[number * inputs + input] >> lane & 1 == 1 {
          path.outsideBy[phase * inputs + input] += 1
        }
      }
      if let point = points(close.step) {
        path.points.append(PolicyPath.Point(point: point, isOutside: isOutside, isSaturated: isSaturated))
      }
      if number.isMultiple(of: stride) { kept[phase].append(number / stride) }
    }
    for phase in 0..<phases {
      let count = kept[phase].count, most = Self.statesOfPath
      let chosen = count <= most ? kept[phase] : (0..<most).map { kept[phase][(2 * $0 + 1) * count / (2 * most)] }
      path.states[phase] = chosen.map { close in (0..<inputs).map { states[close * inputs + $0][lane] } }
    }
    for close in kept.joined() {
      for input in 0..<inputs { path.extremes[input].take(states[close * inputs + input][lane]) }
    }
    return path
  }
}

/// What one trained agent saw and wanted on one path.
struct PolicyPath: Sendable {
  /// By phase: closes at which it decides.
  var closes: [Int]
  /// Likewise, at which an input at least is outside what it was in training.
  var outside: [Int]
  /// Likewise, at which it wants all that it may.
  var saturated: [Int]
  /// `[phase · inputs + input]`: closes at which that input is outside.
  var outsideBy: [Int]
  /// At the points of the curves.
  var points: [Point] = []
  /// By phase: some of the states, evenly spread.
  var states: [[[Double]]]
  /// By input: the lowest and the highest number.
  var extremes: [Extremes]

  /// What holds at one point of a curve.
  struct Point: Sendable {
    let point: Int
    let isOutside, isSaturated: Bool
  }

  /// The lowest and the highest of some numbers.
  struct Extremes: Sendable {
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity

    mutating func take(_ value: Double) {
      low = min(low, value)
      high = max(high, value)
    }

    mutating func take(_ other: Extremes) {
      low = min(low, other.low)
      high = max(high, other.high)
    }
  }

  init(phases: Int, inputs: Int) {
    closes = Array(repeating: 0, count: phases)
    outside = closes
    saturated = closes
    outsideBy = Array(repeating: 0, count: phases * inputs)
    states = Array(repeating: [], count: phases)
    extremes = Array(repeating: Extremes(), count: inputs)
  }
}
