import Documents
import Foundation

/// The list of the charts that a report made, in its folder, and of its pages beside `index.html`: those, and no other file,
/// a later report replaces or removes.
struct ChartList {
  /// The list's file, a name on each line.
  static let name = "charts.txt"

  /// File names under `charts`.
  let names: Set<String>
  /// File names of pages.
  let pages: Set<String>

  /// The list that lies in a folder. Reports of before there was a list say with the links of their page what is theirs.
  ///
  /// - Throws: where the system does not read it: a list that is not known is not an empty one.
  init(in folder: ReportFolder) throws(StoreProblem) {
    let path = folder.path + "/" + Self.name
    if let text = try Self.text(path) {
      let lines = text.split(separator: "\n").map(String.init)
      names = Set(lines.filter(Self.isName))
      pages = Set(lines.filter(Self.isPage))
    } else {
      pages = []
      let links = try Self.text(folder.page)?.matches(of: #/href="charts/([^"]*)"/#) ?? []
      names = Set(links.map { String($0.1) }.filter(Self.isName))
    }
  }

  /// The bytes of a list's file.
  static func data(_ names: Set<String>, pages: Set<String>) -> Data {
    Data((names.sorted() + pages.sorted()).map { $0 + "\n" }.joined().utf8)
  }

  /// Only what can be the name of a page of a report: `desk-NAME.html`, `market-NAME.html` or `agent-NAME.html`, of small
  /// letters, digits and hyphens.
  static func isPage(_ name: String) -> Bool {
    name.wholeMatch(of: #/(agent|desk|market)-[a-z0-9\-]+\.html/#) != nil
  }

  private static func text(_ path: String) throws(StoreProblem) -> String? {
    try WholeFile.read(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Only what can be a chart's name: nothing that leads out of the folder.
  private static func isName(_ name: String) -> Bool {
    name.hasSuffix(".svg") && !name.hasPrefix(".") && !name.contains("/")
  }
}
