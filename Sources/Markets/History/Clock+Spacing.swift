import Documents
import MarketData

extension Clock {
  /// What is wrong with steps of this clock where rows at these moments, in milliseconds, are further apart or closer together;
  /// nil when they fit.
  func spacingComplaint(of time: [Int64]) -> String? {
    let spacings = zip(time.dropFirst(), time).map { Double($0 - $1) / 1000 }.sorted()
    guard !spacings.isEmpty else { return nil }
    let typical = spacings[spacings.count / 2]
    let isDaily = stepsPerDay == 1
    let isWeekly = daysPerStep > 1
    let expected = isWeekly ? 7 * 86_400 : isDaily ? 86_400 : stepSeconds
    guard abs(typical / expected - 1) > 0.1 else { return nil }
    let step = isWeekly ? "a week" : isDaily ? "a day" : TradingTime.text(seconds: stepSeconds)
    return "its rows are \(TradingTime.text(seconds: typical)) apart, but a step is \(step)"
  }
}
