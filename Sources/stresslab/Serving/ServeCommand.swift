import ArgumentParser
import Documents
import Foundation
import Glibc
import Lab
import Logging
import Server
import Tracking

/// `stresslab serve`: the lab in a browser.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Opens the lab in a browser, and serves its HTTP API.",
    discussion: """
      Documents, reports, agents and data of the folder at hand, or of another: write and preview scenarios, run studies and watch \
      them, compare and promote agents. Everything goes through the API that /openapi.json describes. Only this machine can come \
      in, unless --host and --token-file say otherwise.

        stresslab serve
        stresslab serve --workspace lab --port 9000
        stresslab serve --host 0.0.0.0 --allow-host lab.example --token-file token
      """)

  @Option(help: "The folder that is served; the one at hand unless given.", completion: .directory)
  var workspace = "."

  @Option(help: "The address to listen at; others than the loopback need a token.")
  var host = "127.0.0.1"

  @Option(help: "The port; 0 for any that is free.")
  var port = 8420

  @Option(help: "A name by which the server may be called beside localhost; may be given more than once.")
  var allowHost: [String] = []

  @Option(
    help: "A file with the token that visitors have to know; else what STRESSLAB_TOKEN says.", completion: .file())
  var tokenFile: String?

  @Option(help: ArgumentHelp("How it is reached through a proxy, such as https://lab.example.", valueName: "url"))
  var publicAddress: String?

  @Option(help: "Jobs at the same time.")
  var jobs = 1

  @Option(help: ArgumentHelp("Gigabytes of memory that a job may have.", valueName: "GB"))
  var jobMemory = 8

  @Flag(name: .customLong("openapi"), help: "Print the description of the API (OpenAPI 3.1), and serve nothing.")
  var describes = false

  @Flag(name: .shortAndLong, help: "Log every request.")
  var verbose = false

  mutating func run() async throws {
    if describes { return try Output.write(JSONWriter.write(LabServer.description, indented: true)) }
    guard (0...65535).contains(port) else { throw Refusal("--port lies in 0…65535, not at \(port)") }
    guard (1...64).contains(jobs) else { throw Refusal("--jobs lies in 1…64, not at \(jobs)") }
    guard (1...1024).contains(jobMemory) else { throw Refusal("--job-memory lies in 1…1024, not at \(jobMemory)") }
    var limits = ServerSettings.Limits()
    limits.runningJobs = jobs
    limits.jobBytes = jobMemory << 30
    var settings = try ServerSettings(
      host: host, port: port, allowedHosts: allowHost, token: try token(), publicAddress: publicAddress, limits: limits)
    // What the commands of its jobs look into, its pages look into too.
    let environment = ProcessInfo.processInfo.environment
    settings.dataFolder = environment["STRESSLAB_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    settings.trackingFolder = environment[TrackingFolder.variable].flatMap { $0.isEmpty ? nil : $0 }
    let workspace = try Workspace(workspace)
    // Documents name files from the folder that they are run in.
    guard chdir(workspace.path) == 0 else {
      throw SystemFailure("\(workspace.path) can't be entered", SystemFault(errno: errno))
    }
    // Neither this process nor its jobs read anything else in a visitor's name.
    Confinement.begin(
      [workspace.path] + [FileContents.dataFolder, settings.trackingFolder].compactMap(\.self))
    let isVerbose = verbose
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = isVerbose ? .debug : .info
      return handler
    }
    let server = try LabServer(
      workspace, settings, program: Self.program, environment: ProcessInfo.processInfo.environment,
      logger: Logger(label: "stresslab"))
    let address = settings.publicAddress ?? "http://\(host.contains(":") ? "[\(host)]" : host)"
    let isPublic = settings.publicAddress != nil
    try await server.run { port in
      Output.error("StressLab is at \(isPublic ? address : "\(address):\(port)"); Ctrl-C ends it.")
    }
  }

  private func token() throws -> AccessToken? {
    if let tokenFile {
      let bytes = try FileContents.needed(tokenFile, FileContents.readOwn)
      return try AccessToken(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
    guard let text = ProcessInfo.processInfo.environment["STRESSLAB_TOKEN"], !text.isEmpty else { return nil }
    return try AccessToken(text)
  }

  /// This program's file.
  private static var program: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
}
