import Documents
import Markets

/// Numbers of the scenarios that a study varies: every combination of values is a point, and a scenario of its own, on the
/// same random numbers.
package struct Grid: Sendable {
  /// What is varied, in the order of the study; none for a study without a grid.
  package let axes: [Axis]

  /// How many points a grid may have.
  static let mostPoints = 256

  /// One number, or whatever else stands at a place of the scenarios.
  package struct Axis: Sendable {
    /// Where it stands: a JSON pointer into the scenario, with what it extends.
    package let pointer: String
    /// What it is called in the report.
    package let name: String
    /// What stands there in turn; at least one.
    package let values: [Node]

    /// As documents write it.
    static let form = Form(
      Field("pointer", .string, "JSON pointer into the scenario, such as /events/crash/drop or /assets/AAPL/price"),
      Field("name", .optional(.string), "what the report calls it; left out: the last key of the pointer"),
      Field("values", .list(.anything, count: 1...64), "what stands there in turn"),
      make: { (pointer: String, name: String?, values: [Node]) throws(FormViolation) -> Axis in
        guard pointer.hasPrefix("/"), pointer.count > 1 else {
          throw FormViolation("pointer", "a JSON pointer begins with / and names something in the scenario")
        }
        let last = JSONPointer.components(pointer).last ?? pointer
        return Axis(pointer: pointer, name: name ?? last, values: values)
      })
  }

  /// - Throws: two axes of one place or name, and more points than can be run.
  init(_ axes: [Axis]) throws(FormViolation) {
    for (index, axis) in axes.enumerated() {
      for other in axes[..<index] {
        if other.pointer == axis.pointer {
          throw FormViolation("grid/\(index)/pointer", "the grid varies \(quoted(axis.pointer)) twice")
        }
        if other.name == axis.name {
          throw FormViolation("grid/\(index)", "two axes are called \(quoted(axis.name)): give one a \"name\"")
        }
      }
    }
    let points = axes.reduce(1) { $0 > Self.mostPoints ? $0 : $0 * $1.values.count }
    guard points <= Self.mostPoints else {
      throw FormViolation("grid", "there are more than \(Self.mostPoints) combinations of values")
    }
    self.axes = axes
  }

  /// The indices of the values of every point, the last axis running fastest; one point without an index for no axes.
  private var points: [[Int]] {
    axes.reduce([[]]) { points, axis in points.flatMap { point in axis.values.indices.map { point + [$0] } } }
  }

  /// Each scenario at each point, a scenario's points one behind another.
  ///
  /// - Throws: pointers to nothing, and values that a scenario does not take, at their places in the study.
  func expanded(_ scenarios: [ScenarioFile], study: Document) throws(Problems) -> [ScenarioFile] {
    guard !axes.isEmpty else { return scenarios }
    var problems: [Problem] = []
    for (index, axis) in axes.enumerated() {
      let node = study.root.node(at: "/grid/\(index)/pointer") ?? study.root
      for scenario in scenarios where scenario.document.root.node(at: axis.pointer) == nil {
        let hint = Suggestion.hint(for: axis.pointer, among: scenario.document.root.pointers)
        problems.append(
          Problem(
            position: node.position, path: node.path,
            message: "there is nothing at \(quoted(axis.pointer)) in \(scenario.path)\(hint)"))
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    var result: [ScenarioFile] = []
    for scenario in scenarios {
      for point in points {
        do {
          result.append(try variant(of: scenario, at: point))
        } catch {
          // What is wrong with several points is said once.
          problems += error.all.filter { !problems.contains($0) }
        }
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return result
  }

  private func variant(of scenario: ScenarioFile, at point: [Int]) throws(Problems) -> ScenarioFile {
    var root = scenario.document.root
    var values: [GridValue] = []
    for (axis, index) in zip(axes, point) {
      let value = axis.values[index]
      root = root.replacing(axis.pointer, with: value) ?? root
      values.append(GridValue(name: axis.name, pointer: axis.pointer, text: Self.text(value)))
    }
    return try ScenarioFile(
      scenario, root: root, point: values,
      suffix: values.map { "\($0.name) \($0.text)" }.joined(separator: ", "))
  }

  /// A value as names have it.
  private static func text(_ node: Node) -> String {
    switch node.content {
    case .number(_, let text): text
    case .string(let text): text
    default: String(JSONWriter.write(node.json, indented: false).prefix(60))
    }
  }
}

/// What one axis of a grid has at a point.
package struct GridValue: Codable, Sendable, Hashable {
  /// What the study calls it.
  package let name: String
  /// Where it stands in the scenario.
  package let pointer: String
  /// As the study writes it.
  package let text: String
}
