import Drawing
import Lab
import Statistics

extension Curve {
  /// The curve with a first step at time 0, where it has `start`: 1 for a survival curve, 0 for a cumulative incidence.
  func anchored(_ start: Double) -> Curve {
    if let first = seconds.first, first <= 0 { return self }
    return Curve(
      seconds: [0] + seconds, value: [start] + value, low: [start] + low, high: [start] + high, n: n, method: method,
      confidence: confidence, atRisk: atRisk.map { ($0.first.map { [$0] } ?? []) + $0 })
  }

  /// The value of the right-continuous step function at a time; 0 before its first step.
  func value(at time: Double) -> Double {
    seconds.lastIndex { $0 <= time }.map { value[$0] } ?? 0
  }

  /// Paths still watched just before a time: counted where the curve says so; otherwise, when nothing is censored before
  /// the horizon, the share not yet ruined times the number of paths.
  func risk(at time: Double, paths: Double?) -> Int? {
    if let atRisk, atRisk.count == seconds.count {
      guard let index = seconds.firstIndex(where: { $0 >= time }) else { return atRisk.last }
      return atRisk[index]
    }
    guard let paths else { return nil }
    let before = seconds.lastIndex { $0 < time }
    return Int((paths * (before.map { value[$0] } ?? 1)).rounded())
  }

  /// The number at risk as it is written, or a dash.
  func riskText(at time: Double, paths: Double?) -> String {
    risk(at: time, paths: paths).map { Unit.decimal(Double($0), decimals: 0) } ?? "\u{2013}"
  }
}
