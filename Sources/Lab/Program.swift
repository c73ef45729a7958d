import Digests
import Foundation

/// The program itself: its version, and the checkout that it was built in.
package enum Program {
  /// As `stresslab --version` prints it.
  package static let version = "0.1.0"

  /// SHA-256 of the program's file: outcomes of two builds are never mixed.
  static func digest() throws(StoreProblem) -> String { try ownDigest.get() }

  /// Taken once: the file of a program that runs stays what it is.
  private static let ownDigest: Result<String, StoreProblem> = Result { () throws(StoreProblem) in
    guard let url = Bundle.main.executableURL else { return "unknown" }
    return try StoreProblem.wrapping("the program's own file cannot be read") {
      Digest.sha256(try Data(contentsOf: url, options: .alwaysMapped))
    }
  }

  /// The folder above the program that has `Package.swift` and `scenarios`; nil when it was installed elsewhere.
  package static let repository: String? = {
    guard var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() else {
      return nil
    }
    for _ in 0..<8 {
      let hasPackage = FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
      let hasScenarios = FileManager.default.fileExists(atPath: folder.appendingPathComponent("scenarios").path)
      if hasPackage && hasScenarios { return folder.path }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  /// The commit that the checkout is at, read from its `.git`; nil when there is none.
  package static var gitRevision: String? {
    guard let repository else { return nil }
    var folder = repository + "/.git"
    // In a second working tree `.git` is a file that says where its own folder is.
    if let link = text(folder), link.hasPrefix("gitdir: ") { folder = String(link.dropFirst(8)) }
    guard let head = text(folder + "/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return head }
    let name = String(head.dropFirst(5))
    let common = text(folder + "/commondir").map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 } ?? folder
    if let commit = text(folder + "/" + name) ?? text(common + "/" + name) { return commit }
    return text(common + "/packed-refs")?.split(separator: "\n").first { $0.hasSuffix(" " + name) }
      .map { String($0.prefix(40)) }
  }

  private static func text(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
