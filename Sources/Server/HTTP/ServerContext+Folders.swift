import Documents
import Pipeline
import Tracking

extension ServerContext {
  /// Where runs and models are on record; nil where nothing is to be kept.
  package var tracking: TrackingFolder? { Self.tracking(settings, workspace) }

  /// Where market data lies.
  package var data: DataFolder { Self.data(settings, workspace) }

  /// The models on record; nil where nothing is to be kept.
  package var models: ModelStore? { tracking.map { ModelStore($0) } }

  /// A version's JSON with its folder as seen from the workspace, as the commands say it.
  func fromHere(_ version: JSONValue) -> JSONValue {
    guard case .object(let members) = version else { return version }
    let beginning = "\(workspace.path)/"
    return .object(
      members.map { member in
        guard member.name == "folder", case .string(let path) = member.value, path.hasPrefix(beginning) else {
          return member
        }
        return JSONMember(member.name, .string(String(path.dropFirst(beginning.count))))
      })
  }

  static func tracking(_ settings: ServerSettings, _ workspace: Workspace) -> TrackingFolder? {
    let named = settings.trackingFolder ?? "tracking"
    return named == TrackingFolder.none ? nil : TrackingFolder(absolute(named, workspace))
  }

  static func data(_ settings: ServerSettings, _ workspace: Workspace) -> DataFolder {
    DataFolder(absolute(settings.dataFolder ?? "data", workspace))
  }

  private static func absolute(_ path: String, _ workspace: Workspace) -> String {
    path.hasPrefix("/") ? path : "\(workspace.path)/\(path)"
  }
}
