import Foundation
import Lab

/// The `summary.json` of the real run, to be changed into what no run gives.
struct SummaryDocument {
  private var root: [String: Any]

  init() throws {
    let data = try RealRun.flashCrash.get().summary
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// As a report reads it.
  var summary: Summary {
    get throws { try JSONDecoder().decode(Summary.self, from: JSONSerialization.data(withJSONObject: root)) }
  }

  /// Another title.
  mutating func title(_ title: String) { root["title"] = title }

  /// Changes each object of a list, or drops it where `change` gives false.
  mutating func each(_ list: String, _ change: (inout [String: Any]) -> Bool) {
    root[list] = (root[list] as? [[String: Any]] ?? []).compactMap { object in
      var object = object
      return change(&object) ? object : nil
    }
  }

  /// Leaves the severities that pass.
  mutating func keep(severities isKept: (Double) -> Bool) {
    for list in ["desks", "markets"] { each(list) { isKept($0["severity"] as? Double ?? .nan) } }
  }

  /// Leaves the desks of some agents behind one risk profile.
  mutating func keep(agents: [String], risk: String) {
    each("desks") { agents.contains($0["agent"] as? String ?? "") && $0["risk"] as? String == risk }
  }

  /// Leaves the desks of some agents.
  mutating func keep(agents: [String]) { each("desks") { agents.contains($0["agent"] as? String ?? "") } }

  /// Gives each desk at a severity above 0 another survival, by its risk profile, with bounds one point to each side.
  mutating func survival(_ share: (String) -> Double) {
    each("desks") { desk in
      guard (desk["severity"] as? Double ?? 0) > 0, var survival = desk["survival"] as? [String: Any] else {
        return true
      }
      let value = share(desk["risk"] as? String ?? "")
      survival["value"] = value
      survival["low"] = max(0, value - 0.01)
      survival["high"] = min(1, value + 0.01)
      desk["survival"] = survival
      return true
    }
  }

  /// Gives agents other names.
  mutating func rename(agents names: [String: String]) {
    for (list, key) in [("desks", "agent"), ("agents", "name")] {
      each(list) { object in
        if let name = names[object[key] as? String ?? ""] { object[key] = name }
        return true
      }
    }
  }

  /// Puts copies of the scenario, with its markets and desks, in its place; none leaves an empty summary.
  mutating func scenarios(_ names: [String]) {
    for (list, key) in [("scenarios", "name"), ("markets", "scenario"), ("desks", "scenario")] {
      let objects = root[list] as? [[String: Any]] ?? []
      root[list] = names.flatMap { name in objects.map { $0.merging([key: name]) { $1 } } }
    }
  }
}
