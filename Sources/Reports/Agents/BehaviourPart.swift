import Drawing
import Lab
import Statistics

/// What a trained agent wants, against what it looks at most.
struct BehaviourPart: PageSection {
  let scene: TrainedScene

  /// Inputs that the table of effects has, at most.
  private static let mostInputs = 12

  func body(_ page: inout PageBuilder) -> [Markup] {
    var parts = [page.heading(2, "What it does", (scene.words + ["behaviour"]).joined(separator: " "))]
    for visit in scene.visits {
      parts.append(page.heading(3, visit.title, (visit.words + ["behaviour"]).joined(separator: " ")))
      parts.append(Markup("p", text: introduction(visit)))
      parts.append(effects(visit))
      let wishes = visit.behaviour.maps.flatMap { map in
        map.phases.indices.map { phase in
          PageBuilder.Wish(
            chart: BehaviourMapChart(visit: visit, map: map, phase: map.phases[phase]),
            words: visit.words + ["map", map.asset, map.phases[phase].phase.rawValue], rank: .leading)
        }
      }
      if wishes.isEmpty {
        parts.append(
          Markup("p", text: "There is no map: what it wants depends on fewer than two inputs in these states."))
      }
      parts += page.grid(wishes)
    }
    return parts
  }

  private var target: String { scene.record.fastest == nil ? "target weight" : "pace" }
  private var unit: String { scene.record.fastest == nil ? "equity" : "an even one over what is left" }

  private func introduction(_ visit: VisitScene) -> String {
    let behaviour = visit.behaviour
    let paths = Unit.decimal(Double(behaviour.paths), decimals: 0)
    let assets = scene.record.assets.count
    let mapped =
      assets > Set(behaviour.maps.map(\.asset)).count && !behaviour.maps.isEmpty
      ? " Maps are of \(listed(behaviour.maps.map(\.asset)))." : ""
    let times = behaviour.health.isInEventTime ? " before and four inside the windows of its events" : ""
    return "On the run’s first \(paths) paths, lived through again, states are taken at up to four closes of each "
      + "path\(times). How much a \(target) depends on an input is the mean absolute change of it as the input goes from half "
      + "a standard deviation under what it is to half of one over it, all others as they are; the two with the most span "
      + "the maps.\(mapped)"
  }

  private func effects(_ visit: VisitScene) -> Markup {
    let several = scene.record.assets.count > 1
    let sorted = visit.behaviour.effects.enumerated().sorted {
      (-$0.element.effect, $0.offset) < (-$1.element.effect, $1.offset)
    }.map(\.element)
    let shown = sorted.prefix(Self.mostInputs)
    let rest = sorted.count > shown.count ? "; \(sorted.count - shown.count) with less are left out" : ""
    return CardTable(
      caption: "The inputs by their effect on the \(target), a multiple of \(unit)\(rest)",
      head: ["input"] + (several ? ["of"] : []) + ["effect", "standard deviation"],
      rows: shown.map { effect in
        [effect.input] + (several ? [effect.asset] : [])
          + [figure(effect.effect), figure(effect.standardDeviation)]
      }, folds: false
    ).markup
  }

  private func figure(_ value: Double) -> String { value == 0 ? "0" : Unit.number.text(value) }
}
