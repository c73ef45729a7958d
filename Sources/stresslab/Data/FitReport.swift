import Documents
import Markets
import Statistics

/// What `stresslab fit` says: as lines for a terminal, and as JSON.
struct FitReport {
  private let comparison: FitComparison
  private let judged: RecordedReturns
  private let isUnseen: Bool
  /// How the best one's market is, or why it has none.
  private let judgement: Result<FitJudgement, FitRefusal>

  /// - Parameters:
  ///   - judged: the returns beside which the market of the best fit is held.
  ///   - isUnseen: whether they are others than it was fitted to.
  init(_ comparison: FitComparison, beside judged: RecordedReturns, isUnseen: Bool, seed: UInt64) {
    self.comparison = comparison
    self.judged = judged
    self.isUnseen = isUnseen
    do throws(FitRefusal) {
      judgement = .success(try FitJudgement(comparison.best, beside: judged, seed: seed))
    } catch {
      judgement = .failure(error)
    }
  }

  private var returns: RecordedReturns { comparison.returns }

  /// Everything, for a terminal.
  var lines: [String] {
    var lines = [title, ""]
    lines += Self.table(
      ["process", "parameters", "log likelihood", "AIC", "BIC", "distance from uniform"],
      comparison.fits.map { fit in
        let mark = comparison.fits.count > 1 && fit.fitter.name == comparison.best.fitter.name ? "  best by AIC" : ""
        return [
          fit.fitter.name, "\(fit.parameters.count)", Unit.decimal(fit.logLikelihood, decimals: 2),
          Unit.decimal(fit.aic, decimals: 2), Unit.decimal(fit.bic, decimals: 2),
          Unit.decimal(fit.distance.distance, decimals: 4) + Self.verdict(fit.distance) + mark,
        ]
      })
    lines += comparison.refusals.map { "\($0.name): not fitted; \($0.reason)" }
    let best = comparison.best
    lines += ["", "\(best.fitter.name), by \(best.fitter.method)\(Self.starts(best))"]
    lines += Self.table(
      ["parameter", "estimate", "standard error", "95 % interval", "unit"],
      best.parameters.map { parameter in
        [
          parameter.name, Self.number(parameter.value),
          (parameter.robustStandardError ?? parameter.standardError).map(Self.number)
            ?? "none: on the edge of its range",
          parameter.interval.map { "\(Self.number($0.lowerBound)) to \(Self.number($0.upperBound))" } ?? "–",
          parameter.unit,
        ]
      })
    lines += [""] + judgementLines
    lines += [
      "", "To paste into a scenario with steps of \(returns.step):",
      JSONWriter.write(comparison.block(of: best), indented: true).split(separator: "\n").joined(separator: "\n"),
    ]
    return lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }

  private var title: String {
    let days =
      "\(JSONWriter.number(returns.session.daysPerYear)) \(returns.session.isContinuous ? "days" : "sessions") a year"
    return
      "\(Self.whose(returns)): \(returns.values.count) log returns of \(returns.step) bars, \(returns.span.from) to "
      + "\(returns.span.to), \(days)"
  }

  private static func whose(_ returns: RecordedReturns) -> String {
    returns.asset.isEmpty ? returns.file : "\(returns.asset) of \(returns.file)"
  }

  private static func starts(_ fit: ProcessFit) -> String {
    guard let starts = fit.starts else { return "" }
    return starts.tried == 1
      ? " from one start" : "; found from \(starts.agreeing) of \(starts.tried) starts"
  }

  /// What the distance says: it is smaller of a law that was fitted than of one known before, and so is the bound.
  private static func verdict(_ distance: KolmogorovDistance) -> String {
    let p = distance.probability
    return p < 0.001 ? ", p < 0.001" : ", p < \(Unit.decimal(p, decimals: p < 0.1 ? 3 : 2))"
  }

  private var judgementLines: [String] {
    switch judgement {
    case .failure(let refusal): return ["Its market can't be simulated: \(refusal)."]
    case .success(let judgement):
      let seen =
        isUnseen
        ? "\(judged.values.count) returns that it was not fitted to, \(judged.span.from) to \(judged.span.to)"
        : "the returns that it was fitted to; --hold-out 0.25 judges it by others"
      return [
        "Its market on \(judgement.paths) paths of \(judged.values.count) steps, beside \(seen)."
      ]
        + Self.table(
          ["fact", "recorded, 95 % interval", "median of paths, 95 % of them", ""],
          judgement.facts.map { fact in
            [
              fact.fact.name,
              "\(Self.short(fact.recorded.value)) [\(Self.short(fact.recorded.low)), \(Self.short(fact.recorded.high))]",
              "\(Self.short(fact.median)) [\(Self.short(fact.range.lowerBound)), \(Self.short(fact.range.upperBound))]",
              fact.isMet ? "" : "outside",
            ]
          })
        + [
          "distance from the recorded returns, over that of those from themselves drawn again in blocks; how often its own paths "
            + "lie as far from each other"
        ]
        + Self.table(
          ["distance", "ratio (up to 2 good, up to 4 usable)", "probability"],
          [("law of single returns", judgement.law), ("memory of absolute returns", judgement.clustering)].map {
            name, distance in
            [
              name, distance.ratio.map { "\(Unit.decimal($0, decimals: 2)), \(distance.verdict)" } ?? distance.verdict,
              distance.probability.map { Unit.decimal($0, decimals: 3) } ?? "–",
            ]
          })
    }
  }

  private static func short(_ value: Double?) -> String {
    value.map { Unit.decimal($0, decimals: abs($0) < 10 ? 3 : 1) } ?? "–"
  }

  /// With four digits that count, and a minus sign as long as a plus.
  private static func number(_ value: Double) -> String {
    (value < 0 ? "−" : "") + JSONWriter.number((abs(value)).rounded(toDigits: 4))
  }

  /// Rows under a head, in columns; the last cell of a row has no width.
  private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
    let all = [head] + rows
    let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      var line = "  "
      for (cell, width) in zip(row, widths) { line += cell + String(repeating: " ", count: width - cell.count + 2) }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}

extension FitReport {
  /// Everything, for other programs.
  var json: JSONValue {
    let best = comparison.best
    return [
      "bars": [
        "asset": returns.asset.isEmpty ? .null : .string(returns.asset), "file": .string(returns.file),
        "from": .string(returns.span.from), "to": .string(returns.span.to), "returns": .integer(returns.values.count),
        "step": .string(returns.step), "daysPerYear": .number(returns.session.daysPerYear),
        "overnightVarianceShare": .number(returns.session.overnightVarianceShare),
      ],
      "fits": .array(comparison.fits.map(Self.json)),
      "refused": .array(
        comparison.refusals.map { ["process": .string($0.name), "reason": .string($0.reason)] as JSONValue }),
      "best": .string(best.fitter.name), "judgement": judgementJSON, "block": comparison.block(of: best),
    ]
  }

  private static func json(_ fit: ProcessFit) -> JSONValue {
    let optional = { (value: Double?) -> JSONValue in value.map { .number($0) } ?? .null }
    let starts: JSONValue =
      fit.starts.map { ["tried": .integer($0.tried), "agreeing": .integer($0.agreeing)] } ?? .null
    return [
      "process": .string(fit.fitter.model), "variant": fit.fitter.variant.isEmpty ? .null : .string(fit.fitter.variant),
      "method": .string(fit.fitter.method), "starts": starts,
      "parameters": .array(
        fit.parameters.map { parameter in
          [
            "name": .string(parameter.name), "unit": .string(parameter.unit), "value": .number(parameter.value),
            "standardError": optional(parameter.standardError),
            "robustStandardError": optional(parameter.robustStandardError),
            "low": optional(parameter.interval?.lowerBound), "high": optional(parameter.interval?.upperBound),
            "confidence": .number(Estimate.defaultConfidence),
          ] as JSONValue
        }),
      "logLikelihood": .number(fit.logLikelihood), "aic": .number(fit.aic), "bic": .number(fit.bic),
      "kolmogorovDistance": .number(fit.distance.distance),
      "kolmogorovProbabilityAtMost": .number(fit.distance.probability), "model": fit.process,
    ]
  }

  private var judgementJSON: JSONValue {
    switch judgement {
    case .failure(let refusal): return ["refused": .string("\(refusal)")]
    case .success(let judgement):
      let optional = { (value: Double?) -> JSONValue in value.map { .number($0) } ?? .null }
      let distance = { (distance: FitJudgement.Distance) -> JSONValue in
        ["ratio": optional(distance.ratio), "probability": optional(distance.probability)]
      }
      return [
        "paths": .integer(judgement.paths), "isUnseen": .bool(isUnseen), "from": .string(judged.span.from),
        "to": .string(judged.span.to), "returns": .integer(judged.values.count),
        "facts": .array(
          judgement.facts.map { fact in
            [
              "fact": .string(fact.fact.name), "text": .string(fact.fact.text),
              "recorded": Self.json(fact.recorded),
              "paths": [
                "median": .number(fact.median), "from": .number(fact.range.lowerBound),
                "to": .number(fact.range.upperBound), "share": 0.95,
              ], "isMet": .bool(fact.isMet),
            ] as JSONValue
          }), "law": distance(judgement.law), "memory": distance(judgement.clustering),
      ]
    }
  }

  private static func json(_ estimate: Estimate) -> JSONValue {
    let optional = { (value: Double?) -> JSONValue in value.map { .number($0) } ?? .null }
    return [
      "value": optional(estimate.value), "low": optional(estimate.low), "high": optional(estimate.high),
      "confidence": .number(estimate.confidence), "n": .integer(estimate.n),
      "method": .string(estimate.method.rawValue),
    ]
  }
}
