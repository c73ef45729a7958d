import Pipeline
import Tracking

extension ServerContext {
  /// Where runs and models are on record; nil where nothing is to be kept.
  package var tracking: TrackingFolder? {
    let named = settings.trackingFolder ?? "tracking"
    return named == TrackingFolder.none ? nil : TrackingFolder(absolute(named))
  }

  /// Where market data lies.
  package var data: DataFolder { DataFolder(absolute(settings.dataFolder ?? "data")) }

  /// The models on record; nil where nothing is to be kept.
  package var models: ModelStore? { tracking.map { ModelStore($0) } }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(workspace.path)/\(path)" }
}
