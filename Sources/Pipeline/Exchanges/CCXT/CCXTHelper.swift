import Documents
import Foundation
import Threads

/// The helper that asks exchanges by ccxt, which is a library in Python: started when it is needed, and again when it hung.
package struct CCXTHelper: Sendable {
  /// A Python interpreter that can be tried.
  package struct Python: Sendable, Hashable {
    /// The interpreter: a path or a name.
    package let program: String
    /// Whether somebody named this one, so that no other will do.
    package let isNamed: Bool
  }

  /// What the helper sees of our environment: no token and no key.
  static let allowedVariables: Set<String> = [
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE", "http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
    "ALL_PROXY",
  ]

  private struct State {
    var process: HelperProcess?
    var version = ""
    var requests = 0
    /// The request that opened an exchange, for when the helper has to be started again.
    var opening: [JSONMember]?
  }

  private let state = Locked(State())
  private let python: [Python]
  private let environment: [String: String]
  private let sleeper: any Sleeper
  private let timeout: Double

  /// A helper that is not started yet.
  ///
  /// - Parameters:
  ///   - environment: of this process, of which the helper sees a part; `STRESSLAB_PYTHON` names the interpreter.
  ///   - timeout: seconds that an exchange has for an answer.
  package init(environment: [String: String], sleeper: any Sleeper, timeout: Double = 30) {
    python =
      if let named = environment["STRESSLAB_PYTHON"], !named.isEmpty {
        [Python(program: named, isNamed: true)]
      } else {
        [
          Python(program: Self.environmentOfMake, isNamed: false), Python(program: "python3", isNamed: false),
        ]
      }
    self.environment = Self.visible(environment)
    self.sleeper = sleeper
    self.timeout = timeout
  }

  /// Where `make ccxt` puts it.
  private static let environmentOfMake = ".venv-ccxt/bin/python"

  /// What of an environment the helper sees.
  static func visible(_ environment: [String: String]) -> [String: String] {
    var visible = environment.filter { allowedVariables.contains($0.key) }
    // Names and passwords of hosts are none of its business.
    visible["NETRC"] = "/dev/null"
    visible["PYTHONUTF8"] = "1"
    visible["PYTHONDONTWRITEBYTECODE"] = "1"
    return visible
  }

  /// The version of ccxt; starts the helper.
  package func version() throws(ExchangeFault) -> String {
    try state.withLock { (state: inout State) throws(ExchangeFault) in
      try start(&state)
      return state.version
    }
  }

  /// The exchanges that ccxt knows.
  package func exchanges() throws(ExchangeFault) -> [String] {
    try ask("exchanges", [], within: 30)["exchanges"]?.elements?.compactMap(\.string) ?? []
  }

  /// Opens an exchange, which later requests are sent to.
  func open(_ members: [JSONMember]) throws(ExchangeFault) -> Node {
    let all = members + [JSONMember("timeout", .integer(Int(timeout * 1000)))]
    state.withLock { $0.opening = nil }
    // A list of markets may take several requests.
    let answer = try ask("open", all, within: timeout * 4 + 10)
    state.withLock { $0.opening = all }
    return answer
  }

  /// Asks the exchange that is open for bars.
  func fetch(_ members: [JSONMember]) throws(ExchangeFault) -> Node {
    try ask("fetch", members, within: timeout + 10)
  }

  private func ask(_ what: String, _ members: [JSONMember], within seconds: Double) throws(ExchangeFault) -> Node {
    try state.withLock { (state: inout State) throws(ExchangeFault) in
      let isNew = state.process == nil
      try start(&state)
      if isNew, what == "fetch", let opening = state.opening {
        try Self.refuseFault(exchange(&state, "open", opening, within: timeout * 4 + 10), now: sleeper.now)
      }
      let answer = try exchange(&state, what, members, within: seconds)
      try Self.refuseFault(answer, now: sleeper.now)
      return answer
    }
  }

  /// A request and its answer.
  private func exchange(
    _ state: inout State, _ what: String, _ members: [JSONMember], within seconds: Double
  ) throws(ExchangeFault) -> Node {
    state.requests += 1
    let id = state.requests
    let request = JSONValue.object([JSONMember("id", .integer(id)), JSONMember("do", .string(what))] + members)
    guard let process = state.process else { throw .passing("is not asked: ccxt has ended") }
    let isSent = process.send(request.text)
    do throws(ExchangeFault) {
      guard isSent else { throw Self.ended(process) }
      let answer = try line(process, within: seconds)
      guard answer["id"]?.integer == Int64(id) else { throw .passing("is asked by ccxt, which answers something else") }
      return answer
    } catch {
      // What answers late would answer the next question.
      state.process = nil
      throw error
    }
  }

  private func line(_ process: HelperProcess, within seconds: Double) throws(ExchangeFault) -> Node {
    switch process.line(within: seconds, shouldStop: { sleeper.isInterrupted }) {
    case .line(let bytes):
      do throws(Problems) {
        return try DocumentParser.parse(bytes, file: "").root
      } catch {
        throw .passing("is asked by ccxt, whose answer cannot be read")
      }
    case .ended: throw Self.ended(process)
    case .late: throw .passing("is asked by ccxt, which did not answer within \(Persistence.text(seconds))")
    case .interrupted: throw .interrupted
    }
  }

  private static func ended(_ process: HelperProcess) -> ExchangeFault {
    let words = process.lastComplaint.map { ": \(quoted($0))" } ?? ""
    return .passing("is asked by ccxt, which has ended\(words)")
  }

  /// Starts the helper unless it runs: with the first interpreter that has ccxt.
  private func start(_ state: inout State) throws(ExchangeFault) {
    guard state.process == nil else { return }
    var reasons: [String] = []
    for python in python {
      let process: HelperProcess
      do throws(SystemFault) {
        process = try HelperProcess(
          python.program, ["-E", "-c", CCXTHelperScript.text], environment: environment)
      } catch {
        reasons.append("\(python.program): \(error)")
        continue
      }
      let greeting: Node
      do throws(ExchangeFault) {
        greeting = try line(process, within: 60)
      } catch .interrupted {
        throw .interrupted
      } catch {
        reasons.append("\(python.program): \(process.lastComplaint ?? "it does not answer")")
        continue
      }
      guard greeting["protocol"]?.integer == Int64(CCXTHelperScript.protocolVersion),
        let version = greeting["ccxt"]?.string
      else {
        reasons.append("\(python.program): \(greeting["missing"]?.string ?? "it says something else than the helper")")
        continue
      }
      (state.process, state.version) = (process, version)
      return
    }
    let advice =
      python.contains(where: \.isNamed)
      ? "STRESSLAB_PYTHON names an interpreter that has no ccxt"
      : "`make ccxt` installs it into .venv-ccxt here, or STRESSLAB_PYTHON names a Python that has it"
    throw .lasting("is asked by ccxt, which is not there; \(advice) (\(reasons.joined(separator: "; ")))")
  }

  /// Throws what an answer says that failed.
  private static func refuseFault(_ answer: Node, now: Int64) throws(ExchangeFault) {
    guard let error = answer["error"]?.string else { return }
    let date = answer["date"]?.string.flatMap(HTTPReply.milliseconds)
    let wait = HTTPReply.retryAfter(answer["retryAfter"]?.string, from: date ?? now).map { ExchangeFault.Wait.said($0) }
    let words = answer["message"]?.string ?? ""
    switch answer["kind"]?.string {
    case "symbol": throw .unknownSymbol("", nearest: "")
    case "limit": throw .passing("is asked too often (ccxt: \(error))", wait: wait ?? .longer)
    case "passing": throw .passing("does not answer as it should (ccxt: \(error))", wait: wait ?? .unsaid)
    case "odd": throw .passing("gave an answer that ccxt cannot read (\(error))")
    default: throw .lasting("refuses the request (ccxt: \(error): \(quoted(words)))")
    }
  }
}
