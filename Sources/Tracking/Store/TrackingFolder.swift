import Agents
import Documents
import Foundation
import Lab

/// Where runs and models are kept on record: `tracking` in the working folder unless somebody says otherwise.
package struct TrackingFolder: Sendable, Hashable {
  /// The folder.
  package let path: String

  /// What names it for a whole session.
  package static let variable = "STRESSLAB_TRACKING"
  /// The word that keeps nothing on record.
  package static let none = "none"

  /// A folder, which is made when something is kept in it.
  package init(_ path: String) { self.path = path }

  /// The folder that an option names, or the environment, or the usual one; nil where nothing is to be kept.
  package init?(option: String?, environment: [String: String]) {
    let named = option ?? environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 } ?? "tracking"
    guard named != Self.none else { return nil }
    path = named
  }

  /// The database.
  package var store: String { "\(path)/tracking.sqlite" }
  /// The model store's files.
  package var models: String { "\(path)/models" }
  /// Runs by which versions of agents were compared.
  package var checks: String { "\(path)/checks" }
}

extension TrackingFolder {
  /// Does something that reads documents, whose names of agents then mean those of this folder's model store.
  package func asShelf<Result>(_ body: () throws -> Result) throws -> Result {
    try AgentShelf.$current.withValue(AgentShelf(folder: models), operation: body)
  }
}
