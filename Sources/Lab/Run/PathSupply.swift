import Documents
import Markets

/// How many paths there are for scenarios whose paths a file holds; of several files the fewest. A path that is not there cannot be
/// run, and one that is run twice would make every interval too narrow.
package struct PathSupply: Sendable, Hashable {
  /// The file.
  let file: String
  /// Its paths, numbered from 0.
  let count: Int

  /// Nil where as many paths can be run as anybody asks for.
  package init?(_ scenarios: [ScenarioFile]) {
    let supplies = scenarios.compactMap { scenario -> (file: String, count: Int)? in
      let movement = scenario.scenario.movement
      return movement.pathCount.map { (movement.files.first ?? scenario.path, $0) }
    }
    guard let fewest = supplies.min(by: { $0.count < $1.count }) else { return nil }
    (file, count) = fewest
  }

  /// As many of some paths as there are from a first one on; one where there are none, which `check` then refuses.
  func most(of asked: Int, from first: Int) -> Int { min(asked, max(1, count - first)) }

  /// Checks paths that a command line asks for.
  ///
  /// - Throws: that there are not so many, with both numbers.
  package func check(_ paths: Range<Int>) throws(Refusal) {
    if let complaint = complaint(paths) { throw Refusal(complaint) }
  }

  /// What is wrong with the number of paths that a study asks for, at its place.
  func problem(in study: StudyFile) -> Problem? {
    complaint(0..<study.study.monteCarlo.paths).map { complaint in
      let root = study.document.root
      let node = root.node(at: "/monteCarlo/paths") ?? root
      return Problem(position: node.position, path: node.path, message: complaint)
    }
  }

  /// That fewer are run than the default study asks for.
  func note(_ asked: Int) -> String {
    "\(file) has \(count) path\(count == 1 ? "" : "s"): these are run, and not the \(asked) of the default study."
  }

  private func complaint(_ paths: Range<Int>) -> String? {
    guard paths.upperBound > count else { return nil }
    return paths.lowerBound == 0
      ? "\(paths.count) paths are asked for, and \(file) has \(count)"
      : "paths \(paths.lowerBound)…\(paths.upperBound - 1) are asked for, and \(file) has \(count), from 0 on"
  }
}
