import Documents
import Markets
import Randomness

/// A scenario with the file that it came from.
package struct ScenarioFile: Sendable {
  /// The file's name without its extension: the scenario's name in the report and in the store.
  package let name: String
  /// As given on the command line, or as the study leads to it.
  package let path: String
  /// The file, with what it extends merged in.
  package let document: Document
  /// What the document says.
  package let scenario: Scenario
  /// What a grid has put into it; empty without one.
  package let point: [GridValue]

  /// The path that stands for standard input.
  package static let standardInput = "-"

  /// Reads a scenario.
  ///
  /// - Parameter contents: gives the bytes of files.
  /// - Throws: everything that is wrong in it.
  package init(
    reading path: String, contents: @escaping FileContents.Reader = FileContents.read
  ) throws(Problems) {
    self.path = path
    name = Self.name(of: path)
    point = []
    (document, scenario) = try Scenario.load(
      path, DocumentLoader(notations: Distributions.notations.map(Set.init), contents: contents))
  }

  /// The same scenario with other values in it.
  ///
  /// - Parameters:
  ///   - root: the document with them.
  ///   - point: the values.
  ///   - suffix: what tells its name from those of others.
  /// - Throws: what the scenario does not take, at its place.
  package init(_ base: ScenarioFile, root: Node, point: [GridValue], suffix: String) throws(Problems) {
    path = base.path
    name = "\(base.name), \(suffix)"
    self.point = point
    document = Document(root: root, files: base.document.files, problems: base.document.problems)
    scenario = try Scenario.read(document)
  }

  /// Its title, with what a grid has put into it.
  package var title: String {
    ([scenario.title] + point.map { "\($0.name) \($0.text)" }).joined(separator: ", ")
  }

  /// A file's name without folder and extension, with it where nothing but dots would be left, which name other folders; of
  /// standard input `stdin`.
  package static func name(of path: String) -> String {
    if path == standardInput { return "stdin" }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard file.hasSuffix(".json") else { return file }
    let name = file.dropLast(5)
    return name.allSatisfy { $0 == "." } ? file : String(name)
  }

  /// The scenario's market at each severity, and what is wrong with it there, at its place in the document.
  func markets(severities: [Double], seed: UInt64) -> (markets: [Market], problems: [Problem]) {
    var markets: [Market] = []
    let reading = Reading()
    for severity in severities {
      do throws(FormViolation) {
        markets.append(try Market(scenario: scenario, severity: severity, seed: seed))
      } catch {
        error.report(at: document.root, reading)
      }
    }
    return (markets, reading.problems)
  }

  /// What is right in the document, but may not be what was meant: with the event that says it.
  package var warnings: [(event: String, problem: Problem)] {
    scenario.warnings.flatMap { event, violation in
      let reading = Reading()
      violation.report(at: document.root, reading)
      return reading.problems.map { (event, $0) }
    }
  }

  /// A problem at a place in the document; at the document as a whole where there is no such place.
  func problem(_ pointer: String, _ message: String) -> Problem {
    let node = document.root.node(at: pointer) ?? document.root
    return Problem(position: node.position, path: node.path, message: message)
  }
}
