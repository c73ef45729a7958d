import CSpawn
import Documents
import Foundation
import Hummingbird
import HummingbirdCore
import Lab
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The lab as a server: one workspace, its jobs, the API and the pages.
package struct LabServer: Sendable {
  private let context: ServerContext
  private let logger: Logger
  private let pool: NIOThreadPool

  /// Threads for what waits for the disk.
  private static let threads = 8

  /// A server that has not begun.
  ///
  /// - Parameters:
  ///   - program: the path of this program, for its jobs.
  ///   - environment: of which jobs see a part.
  /// - Throws: `StoreProblem` where another server has the workspace, or its store is damaged.
  package init(
    _ workspace: Workspace, _ settings: ServerSettings, program: String, environment: [String: String], logger: Logger
  ) throws(StoreProblem) {
    self.logger = logger
    pool = NIOThreadPool(numberOfThreads: Self.threads)
    let limits = settings.limits
    let jobs = try JobQueue(
      workspace: workspace.path, program: program,
      limits: JobLimits(running: limits.runningJobs, queued: limits.waitingJobs, memory: UInt64(limits.jobBytes)),
      environment: environment, logger: logger)
    context = ServerContext(
      workspace, settings, jobs: jobs,
      helpers: HelperPrograms(program: program, workspace: workspace, limits: limits), pool: pool)
  }

  /// Serves until it is told to end (SIGTERM, SIGINT); then jobs stop in order, to be gone on with at the next start.
  ///
  /// - Parameter begun: hears at which port, once it listens.
  package func run(begun: @escaping @Sendable (_ port: Int) -> Void) async throws {
    pool.start()
    // Where it may not, there are fewer connections.
    _ = allow_open_files()
    let (settings, jobs) = (context.settings, context.jobs)
    var configuration = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ClosingHandler()], idleTimeout: .seconds(Int64(settings.limits.idleSeconds)))
    configuration.httpDecoder = .init(maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)
    let application = Application(
      responder: responder, server: .http1(configuration: configuration),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port),
        availableConnectionsDelegate: MaximumAvailableConnections(settings.limits.connections)),
      onServerRunning: { channel in begun(channel.localAddress?.port ?? settings.port) }, logger: logger)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(service: JobService(jobs: jobs), successTerminationBehavior: .gracefullyShutdownGroup),
          .init(
            service: MonitorService(poll: MonitorPoll(context, logger: logger)),
            successTerminationBehavior: .gracefullyShutdownGroup),
          .init(service: application, successTerminationBehavior: .gracefullyShutdownGroup),
        ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    do {
      try await group.run()
    } catch {
      await jobs.drain()
      try await pool.shutdownGracefully()
      throw Self.refusal(error, settings) ?? error
    }
    try await pool.shutdownGracefully()
  }

  /// Why it cannot listen where it should; nil for what has other reasons.
  private static func refusal(_ error: any Error, _ settings: ServerSettings) -> Refusal? {
    let place = "\(settings.host):\(settings.port) cannot be listened at"
    return switch error {
    case let error as IOError: Refusal("\(place): \(SystemFault(errno: error.errnoCode))")
    case is SocketAddressError: Refusal("\(place): nothing has that name")
    default: nil
    }
  }

  /// What the API is, in the words of OpenAPI 3.1.
  package static var description: JSONValue { OpenAPIDocument(OperationCatalogue.api).json }

  /// What answers requests.
  var responder: Dispatcher { Dispatcher(OperationCatalogue.all, context) }
}

/// The queue as a part of the server that is started and stopped with it.
private struct JobService: Service {
  let jobs: JobQueue

  func run() async throws {
    await withGracefulShutdownHandler {
      await jobs.run()
    } onGracefulShutdown: {
      Task { await jobs.drain() }
    }
    await jobs.drain()
  }
}
