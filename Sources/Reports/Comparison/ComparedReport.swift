import Foundation
import Lab

/// A report that a comparison page is about: how its reader calls it, and where its own page lies.
package struct ComparedReport: Sendable, Hashable {
  /// The folder as it was given.
  package let name: String
  /// From the comparison's page to the report's, as a link has it; nil where none is known.
  package let address: String?

  /// A report with a link, or without.
  package init(_ name: String, address: String? = nil) {
    self.name = name
    self.address = address
  }

  /// A report's folder, seen from the page's file; with a link where the report has a page, and a folder other than the root
  /// is common to both: what else lies between them is this machine's own, and elsewhere leads nowhere.
  package init(_ folder: ReportFolder, from page: String) {
    func parts(_ path: String) -> [String] { URL(fileURLWithPath: path).resolvingSymlinksInPath().pathComponents }
    let start = parts(URL(fileURLWithPath: page).deletingLastPathComponent().path)
    let end = parts(folder.path)
    let common = zip(start, end).prefix { $0 == $1 }.count
    guard common > 1, FileManager.default.fileExists(atPath: folder.page) else {
      self.init(folder.path)
      return
    }
    let steps = Array(repeating: "..", count: start.count - common) + end[common...] + ["index.html"]
    let path = steps.joined(separator: "/").addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    // A name with a colon is no scheme.
    self.init(folder.path, address: path.map { steps[0] == ".." ? $0 : "./\($0)" })
  }
}
