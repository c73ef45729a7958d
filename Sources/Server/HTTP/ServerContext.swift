import Logging
import NIOPosix

/// What operations work with.
package struct ServerContext: Sendable {
  /// The folder that is served.
  package let workspace: Workspace
  /// What was chosen at the start.
  package let settings: ServerSettings
  /// The documents in it.
  package let library: DocumentLibrary
  /// The reports in it.
  package let reports: ReportLibrary
  /// The schemas of documents.
  package let schemas = SchemaLibrary()
  /// What runs and waits.
  package let jobs: JobQueue
  /// What is watched on paper.
  package let monitors: Monitors
  /// How fast runs have been here.
  package let earlierRuns = EarlierRuns()
  /// What is counted.
  package let metrics: ServerMetrics
  /// The program's own commands, for what is asked and answered at once.
  package let helpers: HelperPrograms
  private let pool: NIOThreadPool

  /// The parts of a server.
  package init(
    _ workspace: Workspace, _ settings: ServerSettings, jobs: JobQueue, helpers: HelperPrograms, pool: NIOThreadPool
  ) {
    (self.workspace, self.settings, self.jobs, self.helpers, self.pool) = (workspace, settings, jobs, helpers, pool)
    library = DocumentLibrary(workspace)
    reports = ReportLibrary(workspace)
    monitors = Monitors(
      workspace, library: library, reports: reports, data: Self.data(settings, workspace),
      tracking: Self.tracking(settings, workspace), helpers: helpers, pool: pool)
    metrics = ServerMetrics()
  }

  /// Does what waits for the disk or computes for long, on threads of its own: others are answered meanwhile.
  package func apart<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await pool.runIfActive(body)
  }
}
