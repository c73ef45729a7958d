import Agents
import Lanes
import Markets
import Trading

/// What one trained agent saw and wanted on the paths of a tile, close by close, while they are lived through again.
struct PolicyRecorder {
  private let desk: DeskTile
  private let seat: PolicySeat
  private let inputs: Int
  private let groups: Int
  private let ends: [ClosedRange<Double>]?
  /// Closes from one to the next whose states are kept.
  private let stride: Int
  /// The step of each close.
  private var closes: [Int] = []
  /// `[close · groups + group]`, a bit for each path.
  private var flags: [Flags] = []
  /// `[(close · groups + group) · inputs + input]`, a bit for each path: outside what it was in training.
  private var outside: [UInt8] = []
  /// `[(kept close · groups + group) · inputs + input]`.
  private var states: [Lanes] = []

  /// What holds at one close, of all inputs together.
  private struct Flags {
    let isAsked, isOutside, isSaturated: UInt8
  }

  /// Numbers of a path's states that are kept, at most.
  private static let mostNumbers = 1 << 17
  /// States of a path that are handed on, at most, of each time.
  static let statesOfPath = 4

  /// Nil for a desk whose agent was not trained.
  ///
  /// - Parameter steps: of the market.
  init?(_ desk: DeskTile, groups: Int, steps: Int) {
    guard let agent = desk.desk.agent as? PolicyAgent, let seat = desk.seat as? PolicySeat else { return nil }
    self.desk = desk
    self.seat = seat
    self.groups = groups
    inputs = seat.observations.count
    ends = TrainedRanges(agent.saved)?.inputs.map(\.widened)
    stride = max(1, steps * inputs / Self.mostNumbers)
  }

  /// Keeps what the agent has just decided on, where it was asked at the last close.
  mutating func record(_ tile: MarketTile) {
    guard let step = seat.step, step == tile.step else { return }
    let seen = seat.observations.values
    if closes.count.isMultiple(of: stride) { states += seen }
    closes.append(step)
    for group in 0..<groups {
      var any: UInt8 = 0
      if let ends {
        for input in 0..<inputs {
          let value = seen[group * inputs + input]
          let bits = ~((value .>= ends[input].lowerBound) & (value .<= ends[input].upperBound)).bits
          outside.append(bits)
          any |= bits
        }
      }
      flags.append(
        Flags(
          isAsked: (desk.account.accounts[group].perEquity .!= 0).bits, isOutside: any,
          isSaturated: seat.isSaturated(group: group).bits))
    }
  }

  /// What became of it on one of the paths, after the last step.
  ///
  /// - Parameters:
  ///   - number: of the path in the tile.
  ///   - events: from when to when they act, in steps from t = 0.
  ///   - points: which point of the curves a close is, by its step.
  func path(_ number: Int, events: [ClosedRange<Double>]?, points: (_ step: Int) -> Int?) -> PolicyPath {
    let (group, lane) = number.quotientAndRemainder(dividingBy: Lanes.count)
    let phases = events == nil ? 1 : PolicyPhase.ofEvents.count
    var path = PolicyPath(phases: phases, inputs: inputs)
    var kept: [[Int]] = Array(repeating: [], count: phases)
    let first = events?.map(\.lowerBound).min() ?? .infinity
    for (close, step) in closes.enumerated() {
      let flags = flags[close * groups + group]
      guard flags.isAsked >> lane & 1 == 1 else { continue }
      let moment = Double(step + 1)
      let isInside = events?.contains { $0.lowerBound < moment && moment <= $0.upperBound } == true
      let phase = moment <= first ? 0 : isInside ? 1 : 2
      let isOutside = flags.isOutside >> lane & 1 == 1, isSaturated = flags.isSaturated >> lane & 1 == 1
      path.closes[phase] += 1
      if isOutside {
        path.outside[phase] += 1
        let bits = (close * groups + group) * inputs
        for input in 0..<inputs where outside[bits + input] >> lane & 1 == 1 {
          path.outsideBy[phase * inputs + input] += 1
        }
      }
      if isSaturated { path.saturated[phase] += 1 }
      if let point = points(step) {
        path.points.append(PolicyPath.Point(point: point, isOutside: isOutside, isSaturated: isSaturated))
      }
      if close.isMultiple(of: stride) { kept[phase].append((close / stride * groups + group) * inputs) }
    }
    for phase in 0..<phases {
      let count = kept[phase].count, most = Self.statesOfPath
      let chosen = count <= most ? kept[phase] : (0..<most).map { kept[phase][(2 * $0 + 1) * count / (2 * most)] }
      path.states[phase] = chosen.map { place in (0..<inputs).map { states[place + $0][lane] } }
    }
    for place in kept.joined() {
      for input in 0..<inputs { path.extremes[input].take(states[place + input][lane]) }
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
