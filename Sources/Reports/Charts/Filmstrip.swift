import Lab
import Statistics
import Trading

/// The frames of a desk's worst path: before, fall, stop or margin call, trough, end. Those of one moment are one; where that
/// leaves fewer than five, other moments of the path stand in: further losses on the way down, closes half-way between two
/// frames, the start. A path of five closes or more has five.
struct Filmstrip: Sendable {
  /// In the order of time.
  let frames: [Frame]
  let trace: Trace

  /// A moment of the path.
  struct Frame: Sendable {
    let kinds: [Kind]
    /// In `trace.seconds`.
    let index: Int
    /// The fill that makes it a stop or a margin call.
    var forced: Trade?
    /// The step that makes it the fall, or a further loss.
    var step: EquityMove?
    /// Between which moments it lies half-way, in `trace.seconds`.
    var between: ClosedRange<Int>?
  }

  /// How many frames there are at most.
  private static let most = 5

  /// What a frame shows, in the order in which frames of one moment are named.
  enum Kind: Int, Sendable, Comparable {
    case start, before, loss, halfway, fall, forced, trough, end

    static func < (one: Kind, other: Kind) -> Bool { one.rawValue < other.rawValue }
  }

  /// Nil where a path has no second close.
  init?(_ trace: Trace) {
    guard trace.seconds.count > 1, trace.equity.count == trace.seconds.count else { return nil }
    self.trace = trace
    let equity = trace.equity
    let last = equity.count - 1
    // What an account is frozen at after ruin may differ in its last digit.
    let least = equity.min() ?? 0
    let lowest = equity.firstIndex { $0 <= least + 1e-12 } ?? 0
    var moments = [Frame(kinds: [.end], index: last)]
    var losses: [EquityMove] = []
    if equity[lowest] < equity[0] {
      let before = Self.before(trace, trough: lowest)
      moments += [Frame(kinds: [.before], index: before), Frame(kinds: [.trough], index: lowest)]
      let (from, to) = (trace.seconds[before], trace.seconds[lowest])
      let steps = (trace.largestSteps ?? []).filter { $0.change < 0 && $0.from >= from - 1e-6 && $0.to <= to + 1e-6 }
      let trade = Self.forced(trace, after: from)
      let forced = trade.map { Self.index(trace, $0.seconds) }
      losses = steps.sorted { ($0.change, $0.to) < ($1.change, $1.to) }
      if let step = Self.fall(steps, trace, but: [lowest, forced]) {
        moments.append(Frame(kinds: [.fall], index: Self.index(trace, step.to), step: step))
      }
      if let trade, let forced { moments.append(Frame(kinds: [.forced], index: forced, forced: trade)) }
    } else {
      moments.append(Frame(kinds: [.before], index: 0))
    }
    var frames = Self.merged(moments)
    while frames.count < Self.most, let further = Self.further(frames, losses, trace) {
      frames = Self.merged(frames + [further])
    }
    self.frames = frames
  }

  /// In the order of time, those of one moment as one.
  private static func merged(_ moments: [Frame]) -> [Frame] {
    var frames: [Frame] = []
    for moment in moments.sorted(by: { ($0.index, $0.kinds[0]) < ($1.index, $1.kinds[0]) }) {
      if let same = frames.last, same.index == moment.index {
        frames[frames.count - 1] = Frame(
          kinds: (same.kinds + moment.kinds).sorted(), index: same.index, forced: same.forced ?? moment.forced,
          step: same.step ?? moment.step, between: same.between ?? moment.between)
      } else {
        frames.append(moment)
      }
    }
    return frames
  }

  /// A moment that no frame shows yet: once the largest further loss of a step on the way down, then the close half-way in
  /// the longest stretch down, then the start, then the close half-way in the longest stretch of all; nil where every close
  /// has a frame.
  private static func further(_ frames: [Frame], _ losses: [EquityMove], _ trace: Trace) -> Frame? {
    let shown = Set(frames.map(\.index))
    let hasLoss = frames.contains { $0.kinds.contains(.loss) }
    if !hasLoss, let loss = losses.first(where: { !shown.contains(index(trace, $0.to)) }) {
      return Frame(kinds: [.loss], index: index(trace, loss.to), step: loss)
    }
    let stretches = zip(frames, frames.dropFirst()).map { $0.index...$1.index }.filter { $0.count > 2 }
    let trough = frames.first { $0.kinds.contains(.trough) }?.index ?? 0
    let down = stretches.filter { $0.upperBound <= trough }
    if down.isEmpty, !shown.contains(0) { return Frame(kinds: [.start], index: 0) }
    guard let longest = (down.isEmpty ? stretches : down).max(by: { $0.count < $1.count }) else { return nil }
    return Frame(kinds: [.halfway], index: (longest.lowerBound + longest.upperBound) / 2, between: longest)
  }

  /// The last close before the first event that starts on the way down; without one, the highest close before the trough, the
  /// last of several.
  private static func before(_ trace: Trace, trough: Int) -> Int {
    let peak = (0...trough).max { (trace.equity[$0], $0) < (trace.equity[$1], $1) } ?? 0
    let start = trace.eventStarts.first { $0.seconds >= trace.seconds[peak] && $0.seconds < trace.seconds[trough] }
    guard let start else { return peak }
    return trace.seconds.lastIndex { $0 <= start.seconds + 1e-9 } ?? peak
  }

  /// The step that lost most; where another frame shows that one, the worst of those that lost a third of it or more.
  private static func fall(_ steps: [EquityMove], _ trace: Trace, but shown: [Int?]) -> EquityMove? {
    func worst(_ steps: [EquityMove]) -> EquityMove? { steps.min { ($0.change, $0.to) < ($1.change, $1.to) } }
    guard let largest = worst(steps) else { return nil }
    return worst(steps.filter { !shown.contains(index(trace, $0.to)) && $0.change <= largest.change / 3 }) ?? largest
  }

  /// What the venue closed or called back, else the first stop, after the start of the fall.
  private static func forced(_ trace: Trace, after start: Double) -> Trade? {
    let later = trace.trades.filter { $0.seconds > start + 1e-9 }
    return later.first { $0.reason == .liquidation } ?? later.first { $0.reason == .recall }
      ?? later.first { $0.reason == .stop }
  }

  /// The close at or after a moment.
  static func index(_ trace: Trace, _ seconds: Double) -> Int {
    trace.seconds.firstIndex { $0 >= seconds - 1e-6 } ?? trace.seconds.count - 1
  }
}

extension Trace {
  /// What the markers of ruin say; all others are starts of events.
  private static let ruins = ["liquidated", "equity gone", "ruined"]

  /// Starts of events, in the order of time; each label ends in "starts" or "gap".
  var eventStarts: [Marker] { markers.filter { !Self.ruins.contains($0.label) } }
  /// When the desk was ruined, and how it is marked; nil where it was not.
  var ruin: Marker? { markers.first { Self.ruins.contains($0.label) } }
}

extension Marker {
  /// "“crash” starts", "the gap “earnings” comes".
  var eventSentence: String {
    if label.hasSuffix(": gap") { return "the gap “\(label.dropLast(5))” comes" }
    return label.hasSuffix(" starts") ? "“\(label.dropLast(7))” starts" : label
  }
}
