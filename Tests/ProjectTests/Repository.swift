import Foundation

/// The checked-out repository that these tests are part of.
enum Repository {
  /// The folder that holds `Package.swift`.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every regular file below a folder of the repository, hidden ones left out.
  ///
  /// - Returns: paths relative to that folder, sorted.
  static func files(in folder: String) -> [String] {
    let enumerator = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
    var found: [String] = []
    while let path = enumerator?.nextObject() as? String {
      let isFile = enumerator?.fileAttributes?[.type] as? FileAttributeType == .typeRegular
      if isFile, !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { found.append(path) }
    }
    return found.sorted()
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: root.appendingPathComponent(path))
  }
}
