import Documents
import Foundation

/// The built program, run as a user runs it, in a folder with a small scenario, a study and a training.
final class TrackedProgram {
  let url: URL

  /// It lies beside the test bundle.
  static let path: String = {
    let bundle = ProcessInfo.processInfo.arguments[0]
    let folders = [bundle, Bundle.main.executablePath ?? bundle] + Bundle.allBundles.map(\.bundlePath)
    for folder in folders {
      let candidate = URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("stresslab").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    }
    return "stresslab"
  }()

  struct Result {
    let code: Int32
    let output: String
    let error: String
  }

  private static let scenario = """
    { "stresslab": "scenario/1", "title": "Small",
      "clock": { "step": "30m", "length": "6.5h", "warmup": "2h", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
      "assets": { "AAA": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.4 },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1e7, "depthTo1Percent": 1e5, "refillHalfLife": "20s" } } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.125, "maintenanceMargin": 0.05 },
      "events": { "crash": { "model": "flashCrash", "asset": "AAA", "start": { "between": ["1h", "2h"] },
        "drop": { "low": 0.05, "typical": 0.15, "high": 0.3 }, "fall": { "duration": "30m" },
        "recovery": { "fraction": 0.5, "halfLife": "1h" }, "multipliers": { "volatility": 3, "halfLife": "1h" } } } }
    """

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-track-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try write("small.json", Self.scenario)
    try write(
      "study.json",
      """
      { "stresslab": "study/1", "title": "Small study", "scenarios": ["small.json"], "severities": [0, 1],
        "panel": { "hold": { "model": "buyAndHold", "leverage": 6 }, "careful": { "model": "buyAndHold", "leverage": 1 } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 200, "seed": 7 } }
      """)
    try write("calm.json", Self.training(updates: 6))
    try write(
      "gate.json",
      """
      { "stresslab": "study/1", "title": "Gate", "scenarios": ["small.json"], "severities": [1],
        "panel": { "trained": { "model": "policy", "folder": "agents:calm@champion" } },
        "risk": { "none": { "rules": {} } }, "monteCarlo": { "paths": 400, "seed": 7 } }
      """)
  }

  static func training(updates: Int, leverage: Int = 2) -> String {
    """
    { "stresslab": "training/1", "title": "Calm", "scenarios": [{ "file": "small.json" }],
      "observations": [{ "model": "leverage" }, { "model": "position" }], "mandate": { "leverage": \(leverage) },
      "hidden": [4], "hyperparameters": { "totalSteps": \(updates * 128), "environments": 16, "rolloutSteps": 8,
        "minibatch": 64, "epochs": 1 }, "validation": { "paths": 8, "every": 2 }, "seeds": [3] }
    """
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

  /// Starts a command; the environment names neither a record nor a server but as it is told.
  func start(_ arguments: [String], environment more: [String: String] = [:]) throws -> (Process, () throws -> Result) {
    let process = Process()
    let (output, error) = (path(".out-\(UUID().uuidString)"), path(".err-\(UUID().uuidString)"))
    for file in [output, error] { try Data().write(to: URL(fileURLWithPath: file)) }
    process.executableURL = URL(fileURLWithPath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = url
    var environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("MLFLOW") && !$0.key.hasPrefix("STRESSLAB_")
    }
    environment.merge(more) { $1 }
    process.environment = environment
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: error))
    try process.run()
    return (
      process,
      {
        process.waitUntilExit()
        func text(_ path: String) throws -> String {
          String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        }
        let result = Result(code: process.terminationStatus, output: try text(output), error: try text(error))
        for file in [output, error] { try FileManager.default.removeItem(atPath: file) }
        return result
      }
    )
  }

  /// Runs a command to its end.
  @discardableResult
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
    try start(arguments, environment: environment).1()
  }

  /// What a command prints as JSON.
  func json(_ arguments: String...) throws -> Node {
    let result = try start(arguments + ["--json"]).1()
    return try DocumentParser.parse(Array(result.output.utf8), file: "output").root
  }
}
