import Documents
import MarketData
import Trading

/// What a training over recorded bars says of its windows: each trains on some bars, chooses among its policies on the next,
/// and is judged on those after them; then all three roll on by the length of the last.
package struct WalkForward: Sendable, Hashable {
  /// How long agents train on.
  package let train: TradingSpan
  /// How long the best of their policies is chosen on.
  package let validate: TradingSpan
  /// How long it is judged on, and how far the next window lies behind.
  package let test: TradingSpan
  /// Mean length of the blocks that the judged bars are resampled in; nil: by what they are.
  package let meanBlock: TradingSpan?

  /// States windows.
  package init(train: TradingSpan, validate: TradingSpan, test: TradingSpan, meanBlock: TradingSpan? = nil) {
    self.train = train
    self.validate = validate
    self.test = test
    self.meanBlock = meanBlock
  }

  /// The fields in documents.
  package static let form = Form(
    Field("train", .positiveSpan, "bars that an agent is trained on"),
    Field("validate", .positiveSpan, "bars after them on which the best of its policies is chosen"),
    Field("test", .positiveSpan, "bars after those that it is judged on; the next window begins so much later"),
    Field(
      "meanBlock", .optional(.positiveSpan),
      "mean length of the blocks in which the bars that are judged are resampled; left out: by their autocorrelation"),
    make: { WalkForward(train: $0, validate: $1, test: $2, meanBlock: $3) })

  /// The most windows.
  static let mostWindows = 1000

  /// The windows from t = 0 to the horizon of a clock; what is left at its end is not used.
  ///
  /// - Throws: parts of no whole number of steps, bars that are fewer than one window, more windows than can be made.
  package func windows(_ clock: Clock) throws(FormViolation) -> [WalkForwardWindow] {
    var violations: [FormViolation] = []
    func steps(_ name: String, _ span: TradingSpan) -> Int {
      let exact = span.steps(clock)
      let whole = exact.rounded()
      if whole < 1 || abs(exact - whole) > 1e-9 * whole {
        violations.append(
          FormViolation(
            name, "\(span.text) is not a whole number of steps of \(TradingTime.text(seconds: clock.stepSeconds))"))
      }
      return Int(min(max(whole, 1), Double(Clock.maximumSteps)))
    }
    let (train, validate, test) = (steps("train", train), steps("validate", validate), steps("test", test))
    if let meanBlock, meanBlock.steps(clock) < 1 {
      violations.append(FormViolation("meanBlock", "\(meanBlock.text) is shorter than a step"))
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    let whole = train + validate + test
    guard whole <= clock.steps else {
      throw FormViolation("a window has \(whole) steps, and the scenario has \(clock.steps)")
    }
    let count = (clock.steps - whole) / test + 1
    guard count <= Self.mostWindows else {
      throw FormViolation("test", "there are \(count) windows, and \(Self.mostWindows) at most can be made")
    }
    return (0..<count).map { index in
      let first = index * test
      return WalkForwardWindow(
        number: index + 1, train: first..<first + train, validate: first + train..<first + train + validate,
        test: first + train + validate..<first + whole)
    }
  }
}

/// One window of a walk forward; its parts are steps of the scenario's clock from t = 0, each behind the one before.
package struct WalkForwardWindow: Sendable, Hashable {
  /// From 1.
  package let number: Int
  /// What is trained on.
  package let train: Range<Int>
  /// What the policy is chosen on.
  package let validate: Range<Int>
  /// What it is judged on: never before trained or chosen on by this window or an earlier one.
  package let test: Range<Int>
}
