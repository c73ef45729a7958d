import Documents
import Foundation
import Threads
import Tracking

/// An MLflow server in memory, with its rules: a metric of the same key, step, time and value is one; a parameter does not
/// change; at most 1000 metrics and 100 parameters a call. At the calls that a plan names it fails in one of many ways.
final class MemoryMLflow: HTTPExchange {
  /// How a call fails.
  enum Fault: CaseIterable {
    /// Nobody listens.
    case away
    /// 500 with MLflow's JSON.
    case failed
    /// 503 of a proxy, in HTML.
    case proxy
    /// What was asked is done, and the answer is lost.
    case cutAfter
    /// The answer is cut in the middle.
    case half
    /// 200 with an HTML page.
    case page
    /// 429.
    case busy
  }

  struct Run {
    var name: String
    var status = "RUNNING"
    var tags: [String: String] = [:]
    var parameters: [String: String] = [:]
    var metrics: Set<Point> = []
    var inputs: Set<String> = []
    var files: [String: [UInt8]] = [:]
  }

  struct Point: Hashable {
    let key: String
    let value: String
    let step: Int
    let time: Int
  }

  struct State {
    var experiments: [String] = []
    var runs: [String: Run] = [:]
    var calls: [String] = []
    var faults: [Int: Fault] = [:]
    var largest = (metrics: 0, parameters: 0)
    var headers: [String: String] = [:]
  }

  let state: Locked<State>

  /// - Parameter faults: by the number of the call, from 0.
  init(faults: [Int: Fault] = [:]) { state = Locked(State(faults: faults)) }

  var runs: [String: Run] { state.withLock { $0.runs } }
  var calls: Int { state.withLock { $0.calls.count } }

  func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPReply {
    let (fault, reply) = state.withLock { state -> (Fault?, HTTPReply) in
      let number = state.calls.count
      state.calls.append("\(request.method) \(request.url)")
      state.headers = request.headers
      let fault = state.faults[number]
      if let fault, ![.cutAfter, .half].contains(fault) { return (fault, HTTPReply(status: 0, body: [])) }
      return (fault, Self.answer(request, &state))
    }
    switch fault {
    case nil: return reply
    case .away: throw HTTPFailure("nobody listens there")
    case .cutAfter: throw HTTPFailure("the connection was cut")
    case .half: return HTTPReply(status: 200, body: Array(reply.body.prefix(reply.body.count / 2)))
    case .failed: return Self.error(500, "INTERNAL_ERROR", "the database is locked")
    case .proxy: return HTTPReply(status: 503, body: Array("<html>Service Unavailable</html>".utf8))
    case .page: return HTTPReply(status: 200, body: Array("<!doctype html><p>sign in</p>".utf8))
    case .busy: return HTTPReply(status: 429, body: Array("slow down".utf8))
    }
  }

  private static func error(_ status: Int, _ code: String, _ message: String) -> HTTPReply {
    HTTPReply(
      status: status,
      body: Array(JSONWriter.write(["error_code": .string(code), "message": .string(message)]).utf8))
  }

  private static func ok(_ value: JSONValue = .object([])) -> HTTPReply {
    HTTPReply(status: 200, body: Array(JSONWriter.write(value).utf8))
  }

  private static func answer(_ request: HTTPRequest, _ state: inout State) -> HTTPReply {
    guard let components = URLComponents(string: request.url) else { return error(400, "BAD", "no address") }
    let path = components.path
    if path.hasPrefix("/api/2.0/mlflow-artifacts/artifacts/") {
      let parts = path.split(separator: "/").map(String.init)
      let (run, name) = (parts[5], parts.dropFirst(7).joined(separator: "/"))
      guard state.runs[run] != nil, request.method == "PUT" else { return error(404, "RESOURCE_DOES_NOT_EXIST", run) }
      state.runs[run]?.files[name] = Array(request.body ?? Data())
      return HTTPReply(status: 200, body: [])
    }
    let call = path.replacing("/api/2.0/mlflow/", with: "")
    let body = request.body.flatMap { try? DocumentParser.parse(Array($0), file: "request").root }
    func text(_ key: String) -> String { body?[key]?.string ?? "" }
    func pairs(_ key: String) -> [(String, String)] {
      (body?[key]?.elements ?? []).map { ($0["key"]?.string ?? "", $0["value"]?.string ?? "") }
    }
    func info(_ id: String) -> JSONValue {
      ["run_id": .string(id), "artifact_uri": .string("mlflow-artifacts:/1/\(id)/artifacts")]
    }
    switch call {
    case "experiments/get-by-name":
      let name = components.queryItems?.first { $0.name == "experiment_name" }?.value ?? ""
      guard let index = state.experiments.firstIndex(of: name) else {
        return error(404, "RESOURCE_DOES_NOT_EXIST", "no experiment \(name)")
      }
      return ok(["experiment": ["experiment_id": .string("\(index + 1)")]])
    case "experiments/create":
      if state.experiments.contains(text("name")) { return error(400, "RESOURCE_ALREADY_EXISTS", text("name")) }
      state.experiments.append(text("name"))
      return ok(["experiment_id": .string("\(state.experiments.count)")])
    case "runs/search":
      let filter = text("filter")
      let found = state.runs.first { run in run.value.tags.contains { filter == "tags.`\($0.key)` = '\($0.value)'" } }
      return ok(found.map { ["runs": [["info": info($0.key)]]] } ?? .object([]))
    case "runs/create":
      let id = "r\(state.runs.count + 1)"
      state.runs[id] = Run(
        name: text("run_name"), tags: Dictionary(pairs("tags"), uniquingKeysWith: { $1 }))
      return ok(["run": ["info": info(id)]])
    case "runs/log-batch":
      let id = text("run_id")
      guard var run = state.runs[id] else { return error(404, "RESOURCE_DOES_NOT_EXIST", "no run \(id)") }
      let metrics = body?["metrics"]?.elements ?? []
      let parameters = pairs("params")
      state.largest = (max(state.largest.metrics, metrics.count), max(state.largest.parameters, parameters.count))
      guard metrics.count <= 1000, parameters.count <= 100 else {
        return error(400, "INVALID_PARAMETER_VALUE", "too many")
      }
      for (key, value) in parameters {
        guard run.parameters[key, default: value] == value, key.count <= 250, value.count <= 6000 else {
          return error(400, "INVALID_PARAMETER_VALUE", "param \(key)")
        }
        run.parameters[key] = value
      }
      for metric in metrics {
        let value = metric["value"]?.string ?? metric["value"]?.number.map { "\($0)" } ?? "?"
        run.metrics.insert(
          Point(
            key: metric["key"]?.string ?? "", value: value, step: Int(metric["step"]?.number ?? -1),
            time: Int(metric["timestamp"]?.number ?? -1)))
      }
      for (key, value) in pairs("tags") { run.tags[key] = value }
      state.runs[id] = run
      return ok()
    case "runs/log-inputs":
      let id = text("run_id")
      guard state.runs[id] != nil else { return error(404, "RESOURCE_DOES_NOT_EXIST", "no run \(id)") }
      for input in body?["datasets"]?.elements ?? [] {
        state.runs[id]?.inputs.insert(input["dataset"]?["digest"]?.string ?? "")
      }
      return ok()
    case "runs/update":
      let id = text("run_id")
      guard state.runs[id] != nil else { return error(404, "RESOURCE_DOES_NOT_EXIST", "no run \(id)") }
      state.runs[id]?.status = text("status")
      return ok(["run_info": info(id)])
    default: return HTTPReply(status: 405, body: Array("<html>405 Method Not Allowed</html>".utf8))
    }
  }
}
