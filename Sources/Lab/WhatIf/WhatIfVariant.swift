import Documents

/// A scenario with one of its fixed figures multiplied.
struct WhatIfVariant: Sendable {
  /// Index of the scenario among the study's.
  let scenario: Int
  /// What the study calls the figure.
  let figure: String
  /// Where it stands, as the study writes it.
  let pointer: String
  let factor: Double
  let file: ScenarioFile
}

extension WhatIf {
  /// Each scenario with each of its figures times each factor, at one severity of its events.
  ///
  /// A figure that is drawn for each path stays: what hangs on it is told from its draws. A scenario whose paths come from outside
  /// is left out, since each of these would hold all of them once more.
  /// - Parameter isDefault: whether nobody asked for these figures: then those that a scenario has not, or does not take multiplied,
  ///   are left out in silence.
  /// - Throws: figures that stand in no scenario, and those that a scenario does not take, at their places in the study.
  func variants(
    of scenarios: [ScenarioFile], severity: Double, seed: UInt64, study: Document, isDefault: Bool
  ) throws(Problems) -> [WhatIfVariant] {
    var problems: [Problem] = []
    var variants: [WhatIfVariant] = []
    for (name, pointer) in figures {
      let place = study.root.node(at: "/whatIf/figures/\(JSONPointer.escape(name))") ?? study.root
      func report(_ message: String) {
        problems.append(Problem(position: place.position, path: place.path, message: message))
      }
      var isSomewhere = false
      for (index, scenario) in scenarios.enumerated() where scenario.scenario.movement.pathCount == nil {
        let root = scenario.document.root
        let places = root.pointers(matching: pointer).filter { root.node(at: $0)?.scaled(by: 1) != nil }
        isSomewhere = isSomewhere || !places.isEmpty
        guard !places.isEmpty else { continue }
        for factor in factors {
          do throws(Problems) {
            let file = try scenario.scaled(places, by: factor, named: name, severity: severity, seed: seed)
            variants.append(
              WhatIfVariant(scenario: index, figure: name, pointer: pointer, factor: factor, file: file))
          } catch {
            let reasons = error.all.map(\.message).joined(separator: "; ")
            report("\(scenario.path) does not take \(pointer) times \(JSONWriter.number(factor)): \(reasons)")
          }
        }
      }
      if !isSomewhere {
        let known = scenarios.flatMap(\.document.root.pointers)
        report(
          "there is no fixed number or duration at \(quoted(pointer)) in any scenario"
            + Suggestion.hint(for: pointer, among: known))
      }
    }
    if !isDefault, !problems.isEmpty { throw Problems(problems) }
    return variants
  }
}

extension ScenarioFile {
  /// The same scenario with some of its fixed figures multiplied.
  ///
  /// - Throws: what it does not take.
  fileprivate func scaled(
    _ pointers: [String], by factor: Double, named name: String, severity: Double, seed: UInt64
  ) throws(Problems) -> ScenarioFile {
    let root = pointers.reduce(document.root) { root, pointer in
      root.node(at: pointer)?.scaled(by: factor).flatMap { root.replacing(pointer, with: $0) } ?? root
    }
    let file = try ScenarioFile(
      self, root: root, point: [], suffix: "\(name) times \(JSONWriter.number(factor))")
    let problems = file.markets(severities: [severity], seed: seed).problems
    guard problems.isEmpty else { throw Problems(problems) }
    return file
  }
}

extension Node {
  /// The pointers to what a pattern names in this node, in the order of the document: `*` stands for any key.
  fileprivate func pointers(matching pattern: String) -> [String] {
    var found: [(pointer: String, node: Node)] = [("", self)]
    for key in JSONPointer.components(pattern) {
      found = found.flatMap { pointer, node -> [(pointer: String, node: Node)] in
        let keys = key == "*" ? (node.members ?? []).map(\.name) : [key]
        return keys.compactMap { name in
          let step = JSONPointer.escape(name)
          return node.node(at: step).map { ("\(pointer)/\(step)", $0) }
        }
      }
    }
    return found.map(\.pointer)
  }

  /// A number or a duration such as "6m", multiplied; nil of anything else.
  fileprivate func scaled(by factor: Double) -> Node? {
    switch content {
    case .number(let value, _):
      let product = value * factor
      return Node(.number(product, text: JSONWriter.number(product)), position: position, path: path)
    case .string(let text):
      let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let value = Double(digits), value.isFinite else { return nil }
      let rest = text.dropFirst(digits.count)
      return Node(.string("\(JSONWriter.number(value * factor))\(rest)"), position: position, path: path)
    case .null, .bool, .array, .object, .invalid: return nil
    }
  }
}
