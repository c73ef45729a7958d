import Lab
import Statistics

/// How near desks that pass come to ruin: the least equity that a path of them has, as far as the curve of survival against loss
/// tells, in a sentence.
struct NearestToRuin: Sendable {
  private let desks: [DeskScene]

  /// - Parameter desks: those that pass all that is asked.
  init(_ desks: [DeskScene]) { self.desks = desks }

  /// The same of desks that do not pass all, though no path ruins them with the events or without: rules bound no loss at a jump; nil
  /// without any.
  static func others(_ desks: [DeskScene]) -> String? {
    let whole = desks.filter { room($0.desk.lossCurve) != nil && $0.calm.map { room($0.lossCurve) != nil } ?? true }
    guard let least = least(whole.map { (name: $0.name, curve: $0.desk.lossCurve) }) else { return nil }
    let event = desks.first?.scenario.eventWord ?? ""
    let quiet = whole.compactMap { scene in scene.calm.map { (name: scene.name, curve: $0.lossCurve) } }
    let calm = quiet.count == whole.count && !event.isEmpty ? Self.least(quiet) : nil
    let quietly = calm.map { ", without \(event) \($0.share) (\($0.names))" } ?? ""
    let free = Set((desks.first?.summary.riskProfiles ?? []).filter(\.isWithoutRules).map(\.name))
    let rules =
      whole.allSatisfy { free.contains($0.desk.risk) }
      ? "" : ": rules bound no loss at a jump or gap, which goes past their levels"
    return "Of desks that miss a limit and lose no path none falls under \(least.share) of the start "
      + "(\(least.names))\(quietly)\(rules)."
  }

  /// The sentence; nil where none passes, or one of them is ruined on some path.
  var sentence: String? {
    guard let least = Self.least(desks.map { (name: $0.name, curve: $0.desk.lossCurve) }) else { return nil }
    // Rules that hold a desk down in a crash may not in calm.
    let event = desks.first?.scenario.eventWord ?? ""
    let quiet = desks.compactMap { scene in scene.calm.map { (name: scene.name, curve: $0.lossCurve) } }
    let calm = quiet.count == desks.count && !event.isEmpty ? Self.least(quiet) : nil
    let quietly = calm.map { ", without \(event) \($0.share) (\($0.names))" } ?? ""
    return "No path of those that pass falls under \(least.share) of the start (\(least.names))\(quietly)."
  }

  /// "77 %" and "hold · none": the largest hundredth that no path of any of them falls to, and of whom one falls under the next.
  private static func least(_ desks: [(name: String, curve: LossCurve)]) -> (share: String, names: String)? {
    let rooms = desks.compactMap { desk in room(desk.curve).map { (name: desk.name, room: $0) } }
    guard rooms.count == desks.count, let least = rooms.map(\.room).min() else { return nil }
    let names = rooms.filter { $0.room == least }.map(\.name)
    return (Unit.percent.tick(least, step: 0.01), listed(names, most: 2))
  }

  /// The largest share of the start that no path falls to; nil where a path is ruined.
  private static func room(_ curve: LossCurve) -> Double? {
    guard let safe = curve.survival.firstIndex(where: { $0 == 1 }), curve.survival[safe...].allSatisfy({ $0 == 1 })
    else { return nil }
    return 1 - curve.loss[safe]
  }
}
