import Lab
import Statistics
import Trading

/// The frames of a desk's worst path: before, fall, stop or margin call, trough, end. A frame that the path does not have is
/// left out, and those of one moment are one.
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
    /// The step that makes it the fall.
    var step: EquityMove?
  }

  /// What a frame shows, in the order in which frames of one moment are named.
  enum Kind: Int, Sendable, Comparable {
    case before, fall, forced, trough, end

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
    if equity[lowest] < equity[0] {
      let before = Self.before(trace, trough: lowest)
      moments += [Frame(kinds: [.before], index: before), Frame(kinds: [.trough], index: lowest)]
      let (from, to) = (trace.seconds[before], trace.seconds[lowest])
      let steps = (trace.largestSteps ?? []).filter { $0.change < 0 && $0.from >= from - 1e-6 && $0.to <= to + 1e-6 }
      let trade = Self.forced(trace, after: from)
      let forced = trade.map { Self.index(trace, $0.seconds) }
      if let step = Self.fall(steps, trace, but: [lowest, forced]) {
        moments.append(Frame(kinds: [.fall], index: Self.index(trace, step.to), step: step))
      }
      if let trade, let forced { moments.append(Frame(kinds: [.forced], index: forced, forced: trade)) }
    } else {
      moments.append(Frame(kinds: [.before], index: 0))
    }
    var frames: [Frame] = []
    for moment in moments.sorted(by: { ($0.index, $0.kinds[0]) < ($1.index, $1.kinds[0]) }) {
      if let same = frames.last, same.index == moment.index {
        frames[frames.count - 1] = Frame(
          kinds: (same.kinds + moment.kinds).sorted(), index: same.index, forced: same.forced ?? moment.forced,
          step: same.step ?? moment.step)
      } else {
        frames.append(moment)
      }
    }
    self.frames = frames
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
  private static func index(_ trace: Trace, _ seconds: Double) -> Int {
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
