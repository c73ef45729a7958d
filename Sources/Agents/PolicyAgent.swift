import Documents
import Foundation
import Learning
import Trading

/// A trained agent: a network decides on what it sees, the most likely action at every close.
///
/// Deterministic: what is drawn while an agent learns is not drawn here.
package struct PolicyAgent: Agent {
  /// Where it lies.
  package let folder: String
  /// What it is.
  package let saved: SavedAgent
  /// The market's assets that it trades, in the order of its own.
  package let assetNames: [String]

  /// A trained agent.
  ///
  /// - Parameter assets: the market's name of an asset that it trades, by its own name of it; the same where it says none.
  package init(folder: String, _ saved: SavedAgent, assets: [String: String] = [:]) {
    self.folder = folder
    self.saved = saved
    assetNames = saved.assets.map { assets[$0] ?? $0 }
  }

  static let form = Form(
    Field(
      "folder", .savedAgent,
      "the folder that training or an import has written, relative to this file; agents:NAME@ALIAS or agents:NAME:VERSION "
        + "of the model store; or one of the program's: "
        + ShippedAgents.folders.map(quoted).joined(separator: ", ")),
    Field(
      "assets", .named(.string, names: .anything), default: Named(),
      "by the agent's own name of an asset: what the market calls it, where that differs"),
    make: { (read, assets) throws(FormViolation) in
      for name in assets.names where !read.agent.assets.contains(name) {
        throw FormViolation(
          "assets/\(JSONPointer.escape(name))",
          "the agent trades no \(quoted(name)); it trades \(read.agent.assets.map(quoted).joined(separator: ", "))")
      }
      let map = Dictionary(uniqueKeysWithValues: assets.map { ($0.name, $0.value) })
      let agent = PolicyAgent(folder: read.folder, read.agent, assets: map)
      guard Set(agent.assetNames).count == agent.assetNames.count else {
        throw FormViolation("assets", "two of the agent's assets would be one of the market's")
      }
      return agent
    })

  package var files: [String] {
    [SavedAgent.documentName, Policy.documentName, Policy.weightsName].map { "\(folder)/\($0)" }
  }

  package func lookBack(_ market: MarketTerms) -> Int { saved.observations.lookBack(market) }
  package var worksOffOpening: Bool { saved.actions.worksOffOpening }

  /// A step that is not the one it was trained on, and what its observations lack.
  package func complaint(_ market: MarketTerms) -> String? {
    var complaints: [String] = []
    if let step = saved.stepSeconds, step != market.clock.stepSeconds {
      complaints.append(
        "it was trained on steps of \(TradingTime.text(seconds: step)), and these are of "
          + TradingTime.text(seconds: market.clock.stepSeconds))
    }
    let places = assetNames.compactMap { market.assets.firstIndex(of: $0) }
    if places.count == assetNames.count {
      complaints += saved.observations.complaints(market, assets: places).map(\.text)
    }
    return complaints.isEmpty ? nil : complaints.joined(separator: "; ")
  }

  package func makeSeat(_ site: DeskSite) -> any Seat { PolicySeat(self, site) }
}

extension FieldKind where Value == (folder: String, agent: SavedAgent) {
  /// The folder of a saved agent, read.
  fileprivate static var savedAgent: FieldKind {
    let path = FieldKind<String>.filePath
    return FieldKind(FieldType("folder of a trained agent"), schema: { path.schema($0) }) { node, reading in
      let named = node.string.flatMap { $0.hasPrefix(AgentShelf.prefix) ? $0 : nil }
      guard let folder = named ?? path.read(node, reading) else { return nil }
      if let named, !isThere(named) {
        let shelf = AgentShelf.current
        reading.report(
          shelf.place(of: named) == nil
            ? "\(quoted(named)) is no name of an agent: \(AgentShelf.prefix)NAME@ALIAS and \(AgentShelf.prefix)NAME:VERSION are"
            : "there is no \(quoted(named)) in \(shelf.folder); `stresslab agents list` says which there are", at: node)
        return nil
      }
      do throws(Problems) {
        return (folder, try SavedAgent.read(folder))
      } catch {
        reading.report(error)
        return nil
      }
    }
  }

  /// Whether the model store has an agent of a name.
  private static func isThere(_ name: String) -> Bool {
    AgentShelf.current.place(of: "\(name)/\(SavedAgent.documentName)").map {
      FileManager.default.fileExists(atPath: $0)
    } ?? false
  }
}
