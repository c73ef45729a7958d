import Digests
import Learning

/// How the episodes of a training went, from its log.
package struct LearningCurve: Codable, Sendable, Equatable {
  /// Environment steps by the end of each point.
  package let steps: [Double]
  /// Mean sum of rewards of the episodes that ended in the updates of each point, the policy exploring.
  package let meanReturn: [Double]
  /// How many these are.
  package let episodes: [Int]
  /// Updates of the log.
  package let updates: Int
  /// Of the log's bytes, hexadecimal.
  package let sha256: String

  /// The log's file in an agent's folder.
  static let fileName = "training.csv"
  /// The most points of a curve; neighbouring updates are taken together where there are more.
  static let mostPoints = 160

  /// The curve of a log; nil for what is none, and for one in which no episode ends.
  init?(_ log: [UInt8]) {
    let lines = String(decoding: log, as: UTF8.self).split(whereSeparator: \.isNewline)
    let records = lines.dropFirst().compactMap { TrainingLog.record($0) }
    guard let header = lines.first, header == TrainingLog.header, records.count == lines.count - 1,
      zip(records, records.dropFirst()).allSatisfy({ $0.steps < $1.steps }), records.allSatisfy({ $0.episodes >= 0 })
    else { return nil }
    let width = max(1, (records.count + Self.mostPoints - 1) / Self.mostPoints)
    var points: [(steps: Double, value: Double, episodes: Int)] = []
    for first in stride(from: 0, to: records.count, by: width) {
      let part = records[first..<min(first + width, records.count)]
      let ended = part.filter { $0.episodes > 0 && $0.meanReturn?.isFinite == true }
      let episodes = ended.reduce(0.0) { $0 + Double($1.episodes) }
      guard episodes > 0, let last = part.last else { continue }
      let sum = ended.reduce(0) { $0 + ($1.meanReturn ?? 0) * Double($1.episodes) }
      guard (sum / episodes).isFinite else { return nil }
      points.append((Double(last.steps), sum / episodes, Int(episodes)))
    }
    guard !points.isEmpty else { return nil }
    steps = points.map(\.steps)
    meanReturn = points.map(\.value)
    episodes = points.map(\.episodes)
    updates = records.count
    sha256 = Digest.sha256(log)
  }
}
