import Agents
import Documents
import Lab

/// A version of a model as people name it: `calm:2`, `calm@champion`, or `calm`.
package struct ModelReference: Sendable, Hashable, CustomStringConvertible {
  /// The model.
  package let name: String
  /// What picks one of its versions.
  package let pick: Pick

  /// What picks a version.
  package enum Pick: Sendable, Hashable {
    /// Nothing: the command says which is meant.
    case none
    case version(Int)
    case alias(String)
  }

  /// As it was named.
  package var description: String {
    switch pick {
    case .none: name
    case .version(let number): "\(name):\(number)"
    case .alias(let alias): "\(name)@\(alias)"
    }
  }

  /// A version of a model; `agents:` before it may be there.
  package init(_ text: String) throws(Refusal) {
    let bare = text.hasPrefix(AgentShelf.prefix) ? String(text.dropFirst(AgentShelf.prefix.count)) : text
    let refusal = Refusal("\(quoted(text)) names no agent: NAME, NAME:VERSION or NAME@ALIAS does")
    if let colon = bare.firstIndex(of: ":") {
      guard let number = Int(bare[bare.index(after: colon)...]), number > 0 else { throw refusal }
      (name, pick) = (String(bare[..<colon]), .version(number))
    } else if let at = bare.firstIndex(of: "@") {
      let alias = String(bare[bare.index(after: at)...])
      guard AgentShelf.isAlias(alias) else { throw refusal }
      (name, pick) = (String(bare[..<at]), .alias(alias))
    } else {
      (name, pick) = (bare, .none)
    }
    guard AgentShelf.isName(name) else { throw refusal }
  }
}

extension ModelReference {
  /// The alias that picks the version; empty where another thing does.
  package var alias: String {
    if case .alias(let alias) = pick { alias } else { "" }
  }
}
