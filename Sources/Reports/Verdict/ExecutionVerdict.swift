import Drawing
import Lab
import Statistics

/// Who carries out the orders at the lowest shortfall, with what risk, how much is done in time, and who is dearest.
///
/// A superlative stands with the names of those whose intervals do not tell them apart from it.
struct ExecutionVerdict: Sendable {
  private let desks: [DeskScene]

  /// The verdict on desks, each of a scenario at its highest severity.
  init(_ desks: [DeskScene]) { self.desks = desks.filter { $0.desk.shortfall?.value != nil } }

  /// The desk with the largest mean shortfall; nil where none has one.
  var dearest: DeskScene? { desks.highest { $0.shortfall?.value }.first }

  /// A sentence or a few, never empty.
  var sentence: String {
    let lowest = desks.lowest { $0.shortfall?.value }
    guard let best = lowest.first else { return "No desk was run." }
    let done = best.desk.completion.map { ", and \($0.valueText(.percent)) is done in time" } ?? ""
    let risk =
      best.desk.shortfallRisk.map { " with a risk (standard deviation) of \($0.valueText(.basisPoints))" } ?? ""
    let figure = best.desk.shortfall?.figureText(.basisPoints) ?? ""
    let calm = calm(best)
    guard desks.count > lowest.count else {
      let who = desks.count == 1 ? best.name : "each of the \(desks.count) desks"
      return "\(best.place), \(who) carries out the orders at a mean shortfall of \(figure) of what is to be "
        + "traded\(calm),\(risk)\(done)."
    }
    var text =
      "\(best.place), \(listed(lowest.map(\.name))) \(lowest.count == 1 ? "carries" : "carry") out the orders at the lowest "
      + "mean shortfall: \(figure) of what is to be traded\(calm),\(risk)\(done)."
    let close = alike(best).filter { other in !lowest.contains { $0.desk.desk == other.desk.desk } }
    if !close.isEmpty {
      text += " The intervals do not tell it from \(listed(close.map(\.name), most: 4))."
    }
    if let dearest, dearest.desk.shortfall?.value != best.desk.shortfall?.value {
      let equals = desks.highest { $0.shortfall?.value }
      let tail =
        dearest.desk.shortfallTail.map { ", and \($0.valueText(.basisPoints)) in the worst 5\u{A0}% of paths" } ?? ""
      text +=
        " \(listed(equals.map(\.name))) \(equals.count == 1 ? "is" : "are") dearest: "
        + "\(dearest.desk.shortfall?.figureText(.basisPoints) ?? "")\(tail)."
    }
    return text + left(best)
  }

  /// How much the desk does least that does least.
  private func left(_ best: DeskScene) -> String {
    let least = desks.lowest { $0.completion?.value }
    guard let first = least.first, let share = first.desk.completion, let value = share.value,
      value < best.desk.completion?.value ?? 1
    else { return "" }
    return
      " Least is done in time by \(listed(least.map(\.name))): \(share.figureText(.percent)); the rest is closed at the "
      + "horizon."
  }

  /// The desks whose intervals reach into that of one.
  private func alike(_ best: DeskScene) -> [DeskScene] {
    guard let high = best.desk.shortfall?.high else { return [] }
    return desks.filter { ($0.desk.shortfall?.low).map { $0 <= high } ?? false }
  }

  private func calm(_ scene: DeskScene) -> String {
    guard let calm = scene.calm?.shortfall, calm.value != nil, !scene.scenario.events.isEmpty else { return "" }
    return " (\(calm.valueText(.basisPoints)) without \(scene.scenario.eventWord))"
  }
}

extension DeskSummary {
  /// Mean implementation shortfall, in basis points of what is to be traded; nil where the mandate is another.
  var shortfall: Estimate? { measures[Measures.ImplementationShortfall()] }
  /// Its standard deviation over paths, likewise.
  var shortfallRisk: Estimate? { measures[Measures.ShortfallRisk()] }
  /// Its mean over the worst 5 % of paths, likewise.
  var shortfallTail: Estimate? { measures[Measures.ShortfallTail()] }
  /// What is done before the horizon, a share of what is to be traded; nil where the mandate is another.
  var completion: Estimate? { measures[Measures.Completion()] }
}
