import Foundation

/// The file system, for documents.
package enum FileContents {
  /// The bytes of a file, or nil when it can't be read.
  @Sendable package static func read(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map { [UInt8]($0) }
  }

  /// A path relative to the folder of a file: `read("b.json", relativeTo: "scenarios/a.json")` is `scenarios/b.json`.
  package static func path(_ path: String, relativeTo file: String) -> String {
    if path.hasPrefix("/") { return path }
    var parts = file.split(separator: "/", omittingEmptySubsequences: true).dropLast().map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return (file.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
