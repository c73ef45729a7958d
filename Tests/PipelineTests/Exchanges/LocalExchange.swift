import Documents
import Foundation
import Pipeline
import Threads

/// The exchange on this machine that speaks as three others do and misbehaves as it is told: `.make/exchange.py`, started
/// once for all tests. Each world in it is an exchange of its own.
final class LocalExchange: Sendable {
  /// The one that runs; nil where there is no Python.
  static let shared = LocalExchange()

  /// Where it listens.
  let port: Int
  /// It ends when this is closed, at the latest with this process.
  private let input: Pipe
  private let client = HTTPClient(sleeper: SystemSleeper(shouldStop: { false }), timeout: 20)

  private init?() {
    let process = Process()
    let output = Pipe()
    input = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", LocalExchange.script]
    (process.standardInput, process.standardOutput) = (input, output)
    guard (try? process.run()) != nil,
      let port = Int(
        String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).trimmingCharacters(
          in: .whitespacesAndNewlines))
    else { return nil }
    self.port = port
  }

  private static let script: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return root.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".make/exchange.py").path
  }()

  /// Says something to the exchange that only tests say, or asks it.
  fileprivate func say(_ path: String) throws -> String {
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { return "" }
    return String(decoding: try client.get(url).body, as: UTF8.self)
  }
}

/// An exchange of a test.
struct World {
  /// Its name, which no other test has.
  let name = UUID().uuidString
  private let exchange: LocalExchange

  /// No Python: said by `LocalExchange.isThere`.
  struct Missing: Error {}

  /// An exchange that misbehaves, request for request of bars, and then is honest.
  ///
  /// - Parameters:
  ///   - gaps: hours since 2020 without bars.
  ///   - listed: the moment of the first bar, seconds since 1970.
  ///   - now: what its clock says, likewise.
  ///   - more: what else it is told, as `name=value&…`.
  init(
    _ faults: [String] = [], gaps: [Range<Int>] = [], listed: Int64? = nil, now: Int64? = nil, more: String = ""
  ) throws {
    guard let exchange = LocalExchange.shared else { throw Missing() }
    self.exchange = exchange
    var query = ["faults=\(faults.joined(separator: ","))"]
    let start = Int(Hours.start / 1000)
    query.append(
      "gaps=\(gaps.map { "\(start + $0.lowerBound * 3600)-\(start + $0.upperBound * 3600)" }.joined(separator: ","))")
    if let listed { query.append("listed=\(listed)") }
    if let now { query.append("now=\(now)") }
    _ = try exchange.say("/w/\(name)/set?\(query.joined(separator: "&"))&\(more)")
  }

  /// Where it is asked.
  var address: WebAddress {
    get throws {
      guard let address = WebAddress("http://127.0.0.1:\(exchange.port)/w/\(name)") else { throw Missing() }
      return address
    }
  }

  /// How often it was asked for bars.
  var count: Int { get throws { try Int(exchange.say("/w/\(name)/count")) ?? -1 } }

  /// The paths and queries of all requests.
  var log: String { get throws { try exchange.say("/w/\(name)/log") } }

  /// The bars that there are in a range of milliseconds.
  func truth(_ symbol: String, step: Int = 3600, _ range: Range<Int64>) throws -> [Candle] {
    let text = try exchange.say(
      "/w/\(name)/truth?symbol=\(symbol)&step=\(step)&from=\(range.lowerBound / 1000)&to=\(range.upperBound / 1000)")
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ",").map(String.init)
      guard parts.count == 6, let time = Int64(parts[0]) else { return nil }
      return Candle(
        time: time * 1000, open: parts[1], high: parts[2], low: parts[3], close: parts[4], volume: parts[5])
    }
  }
}

extension World {
  /// How many answers had no bar where there is one, in a range of milliseconds; by the bar's time.
  func denied(_ symbol: String, step: Int = 3600, _ range: Range<Int64>) throws -> [Int64: Int] {
    let text = try exchange.say(
      "/w/\(name)/denied?symbol=\(symbol)&step=\(step)&from=\(range.lowerBound / 1000)&to=\(range.upperBound / 1000)")
    let pairs = text.split(separator: "\n").map { $0.split(separator: ",") }
    return Dictionary(
      uniqueKeysWithValues: pairs.compactMap { pair in
        guard pair.count == 2, let time = Int64(pair[0]), let count = Int(pair[1]) else { return nil }
        return (time * 1000, count)
      })
  }
}

/// Hours since the beginning of 2020.
enum Hours {
  static let start: Int64 = 1_577_836_800_000

  static func time(_ hour: Int) -> Int64 { start + Int64(hour) * 3_600_000 }

  static func range(_ hours: Range<Int>) -> Range<Int64> { time(hours.lowerBound)..<time(hours.upperBound) }
}

extension LocalExchange {
  /// Whether it runs, which needs Python.
  static var isThere: Bool { shared != nil }
}

/// Clocks that tests move: waiting takes no time.
final class MadeSleeper: Sleeper {
  private struct State {
    var now: Int64
    var uptime = 0.0
    var waits: [Double] = []
    var stopsAfter: Int?
  }

  private let state: Locked<State>

  /// Clocks that begin at a moment, milliseconds since 1970.
  ///
  /// - Parameter stopsAfter: after so many waits the program is asked to stop.
  init(_ now: Int64, stopsAfter: Int? = nil) { state = Locked(State(now: now, stopsAfter: stopsAfter)) }

  var now: Int64 { state.withLock { $0.now } }
  var uptime: Double { state.withLock { $0.uptime } }
  var isInterrupted: Bool { state.withLock { state in state.stopsAfter.map { state.waits.count >= $0 } ?? false } }
  /// All waits so far, in seconds.
  var waits: [Double] { state.withLock { $0.waits } }

  func sleep(_ seconds: Double) throws(ExchangeFault) {
    state.withLock {
      $0.uptime += seconds
      $0.now += Int64(seconds * 1000)
      $0.waits.append(seconds)
    }
    if isInterrupted { throw .interrupted }
  }
}
