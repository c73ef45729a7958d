import Lab
import Statistics

/// How suddenly a desk that lives through the events as written dies of severer ones: the largest fall of survival between
/// neighbouring severities of the ladder, in a sentence.
struct SeverityCliff: Sendable {
  private let summary: Summary

  /// The cliff of a run.
  init(_ summary: Summary) { self.summary = summary }

  /// What the cliff is, for the section that has the ladder; nil without one.
  var definition: String? {
    falls.isEmpty
      ? nil
      : "The cliff of the answer is the largest fall between neighbours among them, from 1 on, of desks that survive at least "
        + "\(Unit.percent.tick(summary.leastSurvival, step: summary.leastSurvival)) as written."
  }

  /// A fall of a desk.
  private struct Fall {
    let curve: SeverityCurve
    let from, to: SeverityCurve.Rung
    let size: Double
  }

  /// What the ladder says of desks that pass all, where they lose no path of it; nil where one does, or is not known.
  ///
  /// - Parameters:
  ///   - passing: their numbers.
  ///   - name: what they are called together.
  func whole(_ passing: Set<Int>, name: String) -> String? {
    let places = Dictionary(
      summary.desks.filter { passing.contains($0.desk) }.map { (["\($0.scenario)", $0.agent, $0.risk], $0.desk) },
      uniquingKeysWith: { first, _ in first })
    let curves = (summary.severityCurves ?? []).filter { places[[$0.scenario, $0.agent, $0.risk]] != nil }
    guard !passing.isEmpty, curves.count == passing.count, curves.allSatisfy(\.isWhole), let curve = curves.first else {
      return nil
    }
    let paths = Unit.decimal(Double(curve.paths), decimals: 0)
    let evidence = curve.rungs.last?.survival.figuresText(.percent) ?? ""
    return "\(name) \(passing.count == 1 ? "loses" : "lose") none of \(paths) paths up to severity "
      + "\(severityText(curve.lastSeverity)) (1 is as written; of survival alone, each \(evidence) %)."
  }

  /// The sentence; nil without a ladder, and where no desk that passes is known to fall.
  var sentence: String? {
    guard let largest = falls.map(\.size).max() else { return nil }
    let falls = falls.filter { $0.size == largest }
    let fall = falls[0]
    let alike = falls.filter {
      $0.from == fall.from && $0.to == fall.to && $0.curve.scenario == fall.curve.scenario
    }
    let place = summary.scenarios.count == 1 ? "" : " in “\(title(fall.curve.scenario))”"
    let paths = Unit.decimal(Double(fall.curve.paths), decimals: 0)
    let isWhole = fall.curve.paths == Int(summary.run.paths)
    return "The cliff\(place): \(listed(alike.map(\.curve.name))) \(alike.count == 1 ? "survives" : "survive") "
      + "\(fall.from.survival.figureText(.percent)) at severity \(severityText(fall.from.severity)) and "
      + "\(fall.to.survival.figureText(.percent)) at \(severityText(fall.to.severity))"
      + (isWhole ? "." : " (\(paths) paths).")
  }

  private func title(_ scenario: String) -> String {
    summary.scenarios.first { $0.name == scenario }?.title ?? scenario
  }

  /// From the scenario as written on, of each desk that passes there: between neighbours whose intervals lie apart.
  private var falls: [Fall] {
    (summary.severityCurves ?? []).flatMap { curve -> [Fall] in
      let rungs = curve.rungs.filter { $0.severity >= 1 }
      guard let first = rungs.first, first.severity == 1, let survival = first.survival.value,
        survival >= summary.leastSurvival
      else {
        return []
      }
      return zip(rungs, rungs.dropFirst()).compactMap { from, to in
        guard let before = from.survival.value, let after = to.survival.value, let low = from.survival.low,
          let high = to.survival.high, high < low
        else { return nil }
        return Fall(curve: curve, from: from, to: to, size: before - after)
      }
    }
  }
}
