import Documents
import Foundation

/// MLflow's REST calls, as far as runs need them. Every answer is looked at as what anybody may have sent.
package struct MLflowClient: Sendable {
  /// The server.
  package let server: MLflowAddress
  private let exchange: any HTTPExchange
  /// Seconds after which a call is given up.
  private let patience: Double

  /// A client of a server.
  package init(_ server: MLflowAddress, over exchange: any HTTPExchange, patience: Double = 10) {
    (self.server, self.exchange, self.patience) = (server, exchange, patience)
  }

  /// The identifier of an experiment, which is made where there is none.
  package func experiment(named name: String) throws(MLflowProblem) -> String {
    func find() throws(MLflowProblem) -> String? {
      do throws(MLflowProblem) {
        return try get("experiments/get-by-name", ["experiment_name": name])["experiment"]?["experiment_id"]?.string
      } catch {
        if case .unknown = error { return nil }
        throw error
      }
    }
    if let found = try find() { return found }
    do throws(MLflowProblem) {
      return try text(try post("experiments/create", ["name": .string(name)]), "experiment_id")
    } catch {
      // Somebody else was quicker.
      guard case .exists = error, let found = try find() else { throw error }
      return found
    }
  }

  /// A run that has a tag with a value; nil where there is none.
  package func run(
    tagged tag: String, _ value: String, in experiment: String
  ) throws(MLflowProblem) -> (id: String, place: String)? {
    let found = try post(
      "runs/search",
      [
        "experiment_ids": [.string(experiment)], "filter": .string("tags.`\(tag)` = '\(value)'"), "max_results": 1,
      ])
    guard let info = found["runs"]?.elements?.first?["info"] else { return nil }
    return (try text(info, "run_id"), try text(info, "artifact_uri"))
  }

  /// Makes a run.
  package func createRun(
    named name: String, in experiment: String, start: Int64, tags: [(key: String, value: String)]
  ) throws(MLflowProblem) -> (id: String, place: String) {
    let reply = try post(
      "runs/create",
      [
        "experiment_id": .string(experiment), "run_name": .string(name), "start_time": .integer(Int(start)),
        "tags": Self.pairs(tags),
      ])
    guard let info = reply["run"]?["info"] else { throw strange("it made a run and did not say which") }
    return (try text(info, "run_id"), try text(info, "artifact_uri"))
  }

  /// Adds figures, parameters and tags to a run, within the limits of one request.
  package func log(
    _ run: String, metrics: [MetricPoint] = [], parameters: [(key: String, value: String)] = [],
    tags: [(key: String, value: String)] = []
  ) throws(MLflowProblem) {
    _ = try post(
      "runs/log-batch",
      [
        "run_id": .string(run),
        "metrics": .array(
          metrics.map { point in
            [
              "key": .string(MLflowLimits.name(point.key)), "value": MLflowLimits.number(point.value),
              "timestamp": .integer(Int(point.time)), "step": .integer(point.step),
            ]
          }), "params": Self.pairs(parameters), "tags": Self.pairs(tags),
      ])
  }

  /// Says on what a run rests.
  package func log(_ run: String, _ datasets: [Dataset]) throws(MLflowProblem) {
    let inputs = datasets.map { dataset -> JSONValue in
      [
        "tags": [["key": "mlflow.data.context", "value": .string(dataset.context)]],
        "dataset": [
          "name": .string(String(dataset.name.prefix(MLflowLimits.datasetName))),
          "digest": .string(String(dataset.digest.prefix(MLflowLimits.datasetDigest))), "source_type": "local",
          "source": .string(JSONWriter.write(["uri": .string(dataset.source), "sha256": .string(dataset.digest)])),
        ],
      ]
    }
    _ = try post("runs/log-inputs", ["run_id": .string(run), "datasets": .array(inputs)])
  }

  /// Says how a run stands.
  package func update(_ run: String, _ status: RunStatus, end: Int64?) throws(MLflowProblem) {
    var members = [JSONMember("run_id", .string(run)), JSONMember("status", .string(status.rawValue))]
    if let end { members.append(JSONMember("end_time", .integer(Int(end)))) }
    _ = try post("runs/update", .object(members))
  }

  /// Puts a file among the artefacts of a run.
  ///
  /// - Parameter place: as the server named it when it made the run.
  package func put(_ bytes: Data, as path: String, at place: String) throws(MLflowProblem) {
    let scheme = "mlflow-artifacts:/"
    guard place.hasPrefix(scheme) else {
      throw .refused("it keeps artefacts at \(place), and takes none itself (start it with --artifacts-destination)")
    }
    var folder = Substring(place.dropFirst(scheme.count))
    // mlflow-artifacts://host/folder is the same folder of a server that is named.
    if folder.hasPrefix("/") { folder = folder.dropFirst().drop { $0 != "/" } }
    let full = (folder.split(separator: "/") + path.split(separator: "/")).map(String.init)
    let escaped = full.map { $0.addingPercentEncoding(withAllowedCharacters: Self.plain) ?? $0 }
    _ = try send(
      "PUT", "/api/2.0/mlflow-artifacts/artifacts/\(escaped.joined(separator: "/"))", bytes,
      type: "application/octet-stream", patience: patience + Double(bytes.count) / 1e6)
  }

  // MARK: Requests

  private static let plain = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")

  /// Pairs as MLflow's JSON has them.
  static func pairs(_ pairs: [(key: String, value: String)]) -> JSONValue {
    .array(pairs.map { ["key": .string($0.key), "value": .string($0.value)] })
  }

  /// A text of an answer, which has to be there.
  func text(_ node: Node, _ key: String) throws(MLflowProblem) -> String {
    guard let text = node[key]?.string, !text.isEmpty else { throw strange("its answer lacks \(key)") }
    return text
  }

  /// Asks for something.
  func get(_ call: String, _ query: [String: String]) throws(MLflowProblem) -> Node {
    let words = query.sorted { $0.key < $1.key }.map { key, value in
      "\(key)=\(value.addingPercentEncoding(withAllowedCharacters: Self.plain) ?? value)"
    }
    return try parsed(try send("GET", "/api/2.0/mlflow/\(call)?\(words.joined(separator: "&"))", nil))
  }

  /// Says something.
  func post(_ call: String, _ body: JSONValue) throws(MLflowProblem) -> Node {
    try parsed(
      try send(
        "POST", "/api/2.0/mlflow/\(call)", Data(JSONWriter.write(body).utf8), type: "application/json"))
  }

  private func send(
    _ method: String, _ path: String, _ body: Data?, type: String? = nil, patience: Double? = nil
  ) throws(MLflowProblem) -> [UInt8] {
    var headers = ["Accept": "application/json", "User-Agent": "stresslab"]
    if let type { headers["Content-Type"] = type }
    if let authorization = server.authorization { headers["Authorization"] = authorization }
    let reply: HTTPReply
    do throws(HTTPFailure) {
      reply = try exchange.send(
        HTTPRequest(
          method: method, url: server.address + path, headers: headers, body: body,
          patience: patience ?? self.patience))
    } catch {
      throw .away("\(server) can't be reached: \(error)")
    }
    if reply.status == 200 { return reply.body }
    throw problem(reply)
  }

  /// What an answer says that is not 200: MLflow's own words where it has some.
  private func problem(_ reply: HTTPReply) -> MLflowProblem {
    let said = try? DocumentParser.parse(reply.body, file: server.address).root
    let message = said?["message"]?.string.map { PrintableText.escaped(String($0.prefix(300))) }
    let words = "\(server) answers \(reply.status)" + (message.map { ": \($0)" } ?? "")
    switch (reply.status, said?["error_code"]?.string) {
    case (401, _), (403, _): return .forbidden(words)
    case (_, "RESOURCE_DOES_NOT_EXIST"?): return .unknown(words)
    case (_, "RESOURCE_ALREADY_EXISTS"?): return .exists(words)
    case (408, _), (429, _), (500..., _): return .away(words)
    case (400..., _?): return .refused(words)
    default: return strange("it answers \(reply.status) without MLflow's words")
    }
  }

  private func parsed(_ body: [UInt8]) throws(MLflowProblem) -> Node {
    guard let (root, _) = try? DocumentParser.parse(body, file: server.address), root.members != nil else {
      throw strange("its answer is no JSON object")
    }
    return root
  }

  private func strange(_ what: String) -> MLflowProblem { .strange("\(server) is no MLflow server: \(what)") }
}
