import Glibc

extension Estimate {
  /// The number of paths at which a limit would lie outside of the interval, if the value stays as it is: bounds close like
  /// 1/√n. Two digits, rounded up; nil where the value is at the limit, or there is no bound on the limit's side.
  package func countToSettle(_ limit: Double) -> Int? {
    guard let value, value != limit, n > 0, let bound = value < limit ? high : low else { return nil }
    let ratio = (bound - value) / (limit - value)
    return Self.planned(Double(n) * ratio * ratio)
  }

  /// A number of paths to plan with: two digits, rounded up; nil where nobody could simulate so many.
  package static func planned(_ count: Double) -> Int? {
    guard count.isFinite, count >= 1, count < 1e15 else { return nil }
    let unit = pow(10, max(0, floor(log10(count)) - 1))
    return Int((count / unit).rounded(.up) * unit)
  }
}
