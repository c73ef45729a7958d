import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Lab
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix
import Server

/// A server on a workspace of its own, asked without a network: requests go to what answers them.
final class TestServer: Sendable {
  let workspace: JobWorkspace
  let context: ServerContext
  private let dispatcher: Dispatcher
  private let pool = NIOThreadPool(numberOfThreads: 2)
  private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  /// - Parameter change: changes the settings.
  init(token: String? = nil, program: String = "/bin/false", _ change: (inout ServerSettings) -> Void = { _ in }) throws
  {
    workspace = try JobWorkspace()
    var settings = try ServerSettings(token: try token.map { try AccessToken($0) })
    change(&settings)
    let place = try Workspace(workspace.url.path)
    pool.start()
    context = ServerContext(
      place, settings, jobs: try workspace.queue(),
      helpers: HelperPrograms(program: program, workspace: place, limits: settings.limits), pool: pool)
    dispatcher = Dispatcher(OperationCatalogue.all, context)
  }

  deinit { try? pool.syncShutdownGracefully() }

  /// What came back.
  struct Answer {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The body, read as JSON.
    var json: JSONValue {
      get throws { try DocumentParser.parse(Array(text.utf8), file: "answer").root.json }
    }
  }

  /// Sends a request.
  func send(
    _ method: HTTPRequest.Method, _ path: String, host: String? = "localhost:8420", headers: [String: String] = [:],
    body: String? = nil
  ) async throws -> Answer {
    var fields = HTTPFields()
    if body != nil { fields[.contentType] = "application/json" }
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let request = Request(
      head: HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: fields),
      body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
    let response = try await dispatcher.respond(
      to: request,
      context: BasicRequestContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger)))
    let collected = Collected()
    try await response.body.write(CollectingWriter(collected: collected))
    return Answer(status: response.status.code, headers: response.headers, text: String(buffer: collected.buffer))
  }

  /// Puts a file into the workspace.
  func put(_ text: String, _ name: String) throws {
    let file = workspace.url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

private final class Collected {
  var buffer = ByteBuffer()
}

private struct CollectingWriter: ResponseBodyWriter {
  let collected: Collected

  mutating func write(_ buffer: ByteBuffer) async throws { collected.buffer.writeImmutableBuffer(buffer) }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
