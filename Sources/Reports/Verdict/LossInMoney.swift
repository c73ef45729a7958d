import Glibc
import Lab
import Statistics

/// What a desk loses in the currency of its account, in a sentence.
struct LossInMoney: Sendable {
  private let scene: DeskScene
  /// Whether every account of the run starts with as much.
  private let isSameForAll: Bool
  /// With its scenario where there are several.
  private let name: String

  /// The loss of a desk.
  init(_ scene: DeskScene) {
    self.scene = scene
    isSameForAll = scene.summary.desks.allSatisfy { $0.startEquity == scene.desk.startEquity }
    name = scene.summary.scenarios.count == 1 ? scene.name : "\(scene.name) in “\(scene.scenario.title)”"
  }

  /// The sentence: its account, the median result, and the mean loss of its worst paths.
  var sentence: String {
    let equity = scene.desk.startEquity
    let account = isSameForAll ? "Each account" : "The account of \(name)"
    var text = "\(account) starts with \(Self.text(equity, resolution: 0)) in the quote currency"
    guard let median = scene.desk.finalReturnQuantiles.first(where: { $0.probability == 0.5 })?.estimate,
      let value = median.value
    else { return text + "." }
    let loss = median.opposite.scaled(by: equity)
    text += isSameForAll ? ": \(name) " : ": it "
    text +=
      value > 0 ? "gains \(Self.text(loss.opposite))" : value < 0 ? "loses \(Self.text(loss))" : "ends as it began"
    text += " on the median path"
    if let worst = scene.desk.expectedShortfall.value {
      let mean = scene.desk.expectedShortfall.scaled(by: equity)
      text +=
        worst >= 0
        ? ", and \(Self.text(mean)) on the mean of the worst 5\u{A0}% of paths"
        : ", and gains \(Self.text(mean.opposite)) even on the mean of the worst 5\u{A0}% of paths"
    }
    return text + "."
  }

  /// An amount with its interval, rounded to what the interval lets be known, and to three digits without one.
  private static func text(_ estimate: Estimate) -> String {
    guard let value = estimate.value else { return "an unknown amount" }
    guard let low = estimate.low, let high = estimate.high, high > low else {
      return text(value, resolution: abs(value) / 100)
    }
    let half = (high - low) / 2
    return "\(text(value, resolution: half)) [\(text(low, resolution: half)), \(text(high, resolution: half))]"
  }

  /// A whole amount, or one with two decimals where it is small.
  private static func text(_ value: Double, resolution: Double) -> String {
    let step = resolution > 0 ? pow(10, log10(resolution).rounded(.down)) : 0
    if step >= 1 { return Unit.decimal((value / step).rounded() * step, decimals: 0) }
    return Unit.decimal(value, decimals: value == value.rounded() ? 0 : 2)
  }
}
