import Foundation

/// The file system, for documents.
package enum FileContents {
  /// What a pipe or a device may give, in bytes: some never end.
  private static let mostOfAPipe = 1 << 28

  /// The bytes of a file, or nil when it can't be read: also where it is no regular file and gives more than a quarter of a
  /// gigabyte.
  @Sendable package static func read(_ path: String) -> [UInt8]? {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    if information.st_mode & S_IFMT == S_IFREG { return FileManager.default.contents(atPath: path).map { [UInt8]($0) } }
    guard information.st_mode & S_IFMT != S_IFDIR, let file = FileHandle(forReadingAtPath: path) else { return nil }
    let bytes = try? file.read(upToCount: mostOfAPipe)
    try? file.close()
    guard let bytes, bytes.count < mostOfAPipe else { return nil }
    return [UInt8](bytes)
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
