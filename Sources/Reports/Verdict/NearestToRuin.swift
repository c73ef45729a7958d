import Lab
import Statistics

/// How near desks that pass come to ruin: the least equity that a path of them has, as far as the curve of survival against loss
/// tells, in a sentence.
struct NearestToRuin: Sendable {
  private let desks: [DeskScene]

  /// - Parameter desks: those that pass all that is asked.
  init(_ desks: [DeskScene]) { self.desks = desks }

  /// The sentence; nil where none passes, or one of them is ruined on some path.
  var sentence: String? {
    let rooms = desks.compactMap { scene in Self.room(scene.desk.lossCurve).map { (scene: scene, room: $0) } }
    guard rooms.count == desks.count, let least = rooms.least({ $0.room.none }) else { return nil }
    let percent = { (share: Double) in Unit.percent.tick(share, step: 0.01) }
    let equals = rooms.filter { $0.room.none == least.room.none }.map(\.scene.name)
    // Rules that hold a desk down in a crash may not in calm.
    let quiet = desks.compactMap { $0.calm.flatMap { Self.room($0.lossCurve) } }
    let event = desks.first?.scenario.eventWord ?? ""
    let calm = quiet.count == desks.count && !event.isEmpty ? quiet.least { $0.none } : nil
    func range(_ room: (none: Double, some: Double?)) -> String {
      "\(percent(room.none)) to \(percent(room.some ?? 1))"
    }
    let quietly = calm.map { ", \(range($0)) without \(event)" } ?? ""
    return "Those that pass never fall under \(range(least.room)) of the start (\(listed(equals)))\(quietly)."
  }

  /// The largest share of the start that no path falls to, and the next above it, which some path falls to; nil where a path is
  /// ruined.
  private static func room(_ curve: LossCurve) -> (none: Double, some: Double?)? {
    guard let safe = curve.survival.firstIndex(where: { $0 == 1 }), curve.survival[safe...].allSatisfy({ $0 == 1 })
    else {
      return nil
    }
    return (1 - curve.loss[safe], safe > 0 ? 1 - curve.loss[safe - 1] : nil)
  }
}
