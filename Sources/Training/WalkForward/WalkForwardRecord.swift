import Documents
import Lab
import MarketData
import Statistics
import Trading

/// What a walk forward came to: its windows, the figures of the joined curve, and how much was tried for them.
package struct WalkForwardRecord: Sendable {
  /// A window and the agent that it made.
  package struct Trained: Sendable {
    /// Its parts.
    package let window: TrainingWindow
    /// SHA-256 of the policy's weights.
    package let policy: String
    /// The validation of the chosen policy; nil where none had a figure.
    package let best: ValidationRow?
    /// Validations that it was chosen among.
    package let validations: Int
    /// Equity over its start at the end of the window's test.
    package let growth: Double
  }

  /// The training's title.
  package let title: String
  /// The hash of its documents.
  package let documents: String
  /// The seed of all windows.
  package let seed: Int
  /// What trained.
  package let origin: String
  /// In the order of time.
  package let windows: [Trained]
  /// The joined curve.
  package let curve: OutOfSampleCurve
  /// Its figures; nil where the bars are less than a quarter of a year, or none.
  package let figures: CurveFigures?
  /// Seeds that are trained beside each other, each with a curve of its own.
  package let seeds: Int
  /// Whether the document states the blocks' length.
  private let isStated: Bool

  /// Of all windows.
  init(
    _ file: TrainingFile, seed: Int, of seeds: Int, origin: String, trained: [Trained], curve: OutOfSampleCurve
  ) {
    title = file.plan.title
    documents = file.digest
    self.seed = seed
    self.origin = origin
    windows = trained
    self.curve = curve
    self.seeds = seeds
    let clock = file.scenarios[0].scenario.clock
    let stepsPerYear = clock.stepsPerYear
    let returns = curve.returns
    let meanBlock = file.plan.walkForward?.meanBlock?.steps(clock)
    isStated = meanBlock != nil
    figures =
      Double(returns.count) >= PerformanceTerms.shortest * stepsPerYear
      ? CurveFigures(
        returns, holding: curve.holdingReturns, stepsPerYear: stepsPerYear, meanBlock: meanBlock, seed: seed) : nil
  }

  /// How much was tried, and what the figures do not say: to be told wherever they are.
  package var notes: [String] {
    let validations = windows.reduce(0) { $0 + $1.validations }
    let trainings = windows.count == 1 ? "one training" : "\(windows.count) trainings, one for each window"
    var notes = [
      "The curve is of \(trainings), by seed \(seed); their policies are the best of \(validations) validations in all, on "
        + "bars before those that are judged."
    ]
    notes.append(
      seeds == 1
        ? "One seed was trained. Every other seed, document or length of window that was tried beside it makes it likelier "
          + "that the curve that is shown did well by luck: nothing here corrects for that."
        : "\(seeds) seeds are trained, so that there are \(seeds) such curves on the same bars: the best of them did well in "
          + "part by luck, and nothing here corrects for that, nor for other documents that were tried.")
    notes.append(
      "Holding is equal weights of the agent's assets without leverage, bought at the beginning of each window's test and sold "
        + "at its end.")
    if let figures {
      let length = JSONWriter.number((figures.meanBlock * 10).rounded() / 10)
      notes.append(
        "Intervals are of \(CurveFigures.resamples) resamples of the curve's bars in blocks of \(length) on average. They "
          + "hold for bars like these, not for other times, and each for itself.")
    } else {
      notes.append("The judged bars are less than a quarter of a year: no figure of a year is made of them.")
    }
    return notes
  }

  /// As `walk-forward.json` has it.
  var json: JSONValue {
    func span(_ span: TrainingWindow.Span, _ steps: Range<Int>) -> JSONValue {
      ["from": .string(span.from), "to": .string(span.to), "steps": .integer(steps.count)]
    }
    let windows = windows.map { one -> JSONValue in
      let (window, times) = (one.window.window, one.window.times)
      return [
        "window": .integer(window.number), "train": span(times.train, window.train),
        "validate": span(times.validate, window.validate), "test": span(times.test, window.test),
        "policy": .string(one.policy), "best": one.best.map { .integer($0.update) } ?? .null,
        "validation": one.best?.value.map { .number($0) } ?? .null, "validations": .integer(one.validations),
        "growth": .number(one.growth),
      ]
    }
    let lines = (figures?.lines ?? []).map { line -> JSONValue in
      [
        "name": .string(line.figure.rawValue), "title": .string(line.figure.title),
        "unit": line.figure.isFraction ? "fraction" : "number", "estimate": Self.json(line.estimate),
        "holding": line.holding.map { .number($0) } ?? .null, "difference": Self.json(line.difference),
      ]
    }
    var members: [JSONMember] = [
      JSONMember("stresslab", "walkForward/1"), JSONMember("title", .string(title)),
      JSONMember("documents", .string(documents)), JSONMember("seed", .string("\(seed)")),
      JSONMember("origin", .string(origin)), JSONMember("windows", .array(windows)),
      JSONMember("bars", .integer(curve.returns.count)),
    ]
    if let figures {
      members += [
        JSONMember("figures", .array(lines)),
        JSONMember(
          "bootstrap",
          [
            "resamples": .integer(CurveFigures.resamples), "meanBlock": .number(figures.meanBlock),
            "meanBlockBy": isStated ? "document" : "PolitisWhite",
          ]),
      ]
    }
    members.append(
      JSONMember(
        "tried",
        [
          "windows": .integer(self.windows.count), "seeds": .integer(seeds),
          "trainings": .integer(seeds * self.windows.count),
          "validations": .integer(self.windows.reduce(0) { $0 + $1.validations }),
        ]))
    members.append(JSONMember("notes", .array(notes.map { .string($0) })))
    return .object(members)
  }

  private static func json(_ estimate: Estimate) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high),
      "confidence": .number(estimate.confidence), "n": .integer(estimate.n),
      "method": .string(estimate.method.rawValue),
    ]
  }
}
