import Documents

extension MLflowClient {
  /// A version of a registered model.
  package struct ModelVersion: Sendable, Hashable {
    /// Its number there.
    package let version: String
    /// Its tags.
    package let tags: [String: String]
  }

  /// Makes a registered model where there is none of that name.
  package func registerModel(_ name: String, description: String) throws(MLflowProblem) {
    do throws(MLflowProblem) {
      _ = try post("registered-models/create", ["name": .string(name), "description": .string(description)])
    } catch {
      guard case .exists = error else { throw error }
    }
  }

  /// Versions of a registered model.
  package func versions(of name: String) throws(MLflowProblem) -> [ModelVersion] {
    var versions: [ModelVersion] = []
    var page: String?
    repeat {
      var query = ["filter": "name='\(name)'", "max_results": "200"]
      query["page_token"] = page
      let reply = try get("model-versions/search", query)
      for node in reply["model_versions"]?.elements ?? [] {
        var tags: [String: String] = [:]
        for tag in node["tags"]?.elements ?? [] {
          if let key = tag["key"]?.string { tags[key] = tag["value"]?.string ?? "" }
        }
        versions.append(ModelVersion(version: try text(node, "version"), tags: tags))
      }
      page = reply["next_page_token"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    } while page != nil && versions.count < 100_000
    return versions
  }

  /// Makes a version of a registered model.
  ///
  /// - Returns: its number there.
  package func createVersion(
    of name: String, source: String, run: String, description: String, tags: [(key: String, value: String)]
  ) throws(MLflowProblem) -> String {
    let reply = try post(
      "model-versions/create",
      [
        "name": .string(name), "source": .string(source), "run_id": .string(run),
        "description": .string(description), "tags": Self.pairs(tags),
      ])
    guard let version = reply["model_version"] else { throw .strange("\(server) made a version and did not say which") }
    return try text(version, "version")
  }

  /// Gives a version an alias, which no other version of the model has from then on.
  package func setAlias(_ alias: String, of name: String, to version: String) throws(MLflowProblem) {
    _ = try post(
      "registered-models/alias",
      ["name": .string(name), "alias": .string(alias), "version": .string(version)])
  }
}
