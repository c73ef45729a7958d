import Foundation

/// When a run of bars in which nothing happens is longer than chance makes it.
enum Standstill {
  /// The shortest run that can be a finding, in bars.
  static let shortest = 6
  /// How many runs as long may be expected in a file as it is for one to be a finding.
  static let expected = 0.001

  /// The runs of `true` that are no chance: where bars without a move come independently, as often as they do outside of
  /// the run, fewer than `expected` runs as long are expected in so many bars.
  static func runs(_ isStill: [Bool]) -> [Range<Int>] {
    let total = isStill.count { $0 }
    var runs: [Range<Int>] = []
    var start = 0
    while start < isStill.count {
      guard isStill[start] else {
        start += 1
        continue
      }
      let end = isStill[start...].firstIndex(of: false) ?? isStill.count
      let length = end - start
      let others = isStill.count - length
      let share = others > 0 ? Double(total - length) / Double(others) : 0
      if length >= shortest, Double(isStill.count) * pow(share, Double(length)) < expected { runs.append(start..<end) }
      start = end
    }
    return runs
  }
}
