import Documents
import Foundation

/// Where agents lie that documents name rather than point at: `agents:calm@champion` is the version of `calm` that has that
/// alias in the model store, `agents:calm:2` its second one, `agents:calm` its champion.
package struct AgentShelf: Sendable, Hashable {
  /// How such a name begins.
  package static let prefix = "agents:"
  /// The alias that a bare name means.
  package static let champion = "champion"
  /// What names the tracking folder for a whole session.
  private static let variable = "STRESSLAB_TRACKING"

  /// The folder of the model store: in it `NAME/VERSION`, and links `NAME/@ALIAS` to versions.
  package let folder: String
  /// Versions that stand for what an alias of a name would be, by `NAME@ALIAS`.
  package let pinned: [String: Int]

  /// A shelf.
  package init(folder: String, pinned: [String: Int] = [:]) {
    (self.folder, self.pinned) = (folder, pinned)
  }

  /// The one that documents are read by, in this task: of the tracking folder that the environment names, or the usual one.
  @TaskLocal package static var current = AgentShelf(
    folder: Self.trackingFolder(ProcessInfo.processInfo.environment) + "/models")

  private static func trackingFolder(_ environment: [String: String]) -> String {
    guard let named = environment[variable], !named.isEmpty, named != "none" else { return "tracking" }
    return named
  }

  /// Whether a text may be a model's name: letters, digits, `-`, `_` and `.`, a letter or digit first.
  package static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.unicodeScalars.first, isPlain(first), text.unicodeScalars.count <= 100 else { return false }
    return text.unicodeScalars.allSatisfy { isPlain($0) || "-_.".unicodeScalars.contains($0) }
  }

  /// Whether a text may be an alias: likewise, but a letter first, and not like `v2`.
  package static func isAlias(_ text: some StringProtocol) -> Bool {
    guard isName(text), let first = text.first, first.isLetter else { return false }
    return String(text).wholeMatch(of: /[vV][0-9]+/) == nil && !text.contains(".") && text.lowercased() != "latest"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
  }

  /// Where the file lies that a path names, as in `agents:calm@champion/agent.json`; nil for a path that does not begin as
  /// names here do, or that is none.
  package func place(of path: String) -> String? {
    guard path.hasPrefix(Self.prefix) else { return nil }
    let parts = path.dropFirst(Self.prefix.count).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let place = place(named: parts[0]) else { return nil }
    return parts.count == 1 ? place : "\(place)/\(parts[1])"
  }

  private func place(named text: Substring) -> String? {
    if let colon = text.firstIndex(of: ":") {
      let (name, version) = (text[..<colon], text[text.index(after: colon)...])
      guard Self.isName(name), let number = Int(version), number > 0 else { return nil }
      return "\(folder)/\(name)/\(number)"
    }
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let (name, alias) = (parts[0], parts.count == 2 ? String(parts[1]) : Self.champion)
    guard Self.isName(name), Self.isAlias(alias) else { return nil }
    if let version = pinned["\(name)@\(alias)"] { return "\(folder)/\(name)/\(version)" }
    return "\(folder)/\(name)/@\(alias)"
  }
}
