import ArgumentParser
import Documents
import Foundation
import Lab
import Tracking

/// Where runs are kept on record, and to which server they go.
struct TrackingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the record of runs and agents, or none; else what STRESSLAB_TRACKING says, or tracking.",
      valueName: "folder"), completion: .directory)
  var tracking: String?

  @Option(
    help: ArgumentHelp(
      "An MLflow server that gets the record too; else what MLFLOW_TRACKING_URI says.", valueName: "url"))
  var mlflow: String?

  private var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// The folder; nil where nothing is to be kept.
  var folder: TrackingFolder? { TrackingFolder(option: tracking, environment: environment) }

  /// The folder, where a command is about nothing else.
  func neededFolder() throws(Refusal) -> TrackingFolder {
    guard let folder else { throw Refusal("there is no record of runs to look into: --tracking is none") }
    return folder
  }

  /// The server that is named; nil where none is. What the environment says and is no address of ours (`sqlite:…`, a folder)
  /// is for other programs.
  func server() throws(Refusal) -> MLflowAddress? {
    if let mlflow { return try MLflowAddress(mlflow, environment: environment) }
    guard let text = environment[MLflowAddress.variable], !text.isEmpty else { return nil }
    return try? MLflowAddress(text, environment: environment)
  }

  /// What keeps the record of a command's runs; nil where nothing is to be kept.
  func record() throws(Refusal) -> RecordKeeper? {
    let server = try server()
    guard let folder else {
      guard mlflow == nil else {
        throw Refusal("--mlflow sends what is on record: not with --tracking none")
      }
      return nil
    }
    return RecordKeeper(folder, server: server, experiment: environment["MLFLOW_EXPERIMENT_NAME"])
  }

  /// Reads documents by the agents of this folder's model store.
  func onShelf<Result>(_ body: () throws -> Result) throws -> Result {
    guard let folder else { return try body() }
    return try folder.asShelf(body)
  }
}
