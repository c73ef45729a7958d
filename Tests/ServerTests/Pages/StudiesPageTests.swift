import Documents
import Foundation
import Lab
import Server
import Testing

@Suite("The page that starts a run")
struct StudiesPageTests {
  @Test("The default study's agents, profiles and scenarios can be chosen")
  func standard() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea"), "scenarios/calm.json")
    let page = try await server.page("/studies").text
    #expect(page.boxes("documents") == ["scenarios/calm.json"])
    #expect(page.boxes("agents").contains("momentum"))
    #expect(page.boxes("risks") == ["house", "none"])
    #expect(page.contains("The usual criteria") || page.contains("the usual criteria"))
    #expect(!page.contains("name=\"which\""))
    #expect(!page.contains("checked="))
  }

  @Test("What a study may ask is offered beside its text, and every measure that is offered can be asked")
  func criteria() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea"), "scenarios/calm.json")
    func study(_ criterion: String) -> String {
      TestServer.study(title: "Who survives", scenarios: ["../calm.json"], criteria: "[\(criterion)]")
    }
    try server.put(study(#"{ "measure": "survival", "atLeast": 0.99 }"#), "scenarios/studies/who.json")
    let page = try await server.page("/scenarios/scenarios%2Fstudies%2Fwho.json").text
    #expect(page.contains("data-criteria=\"text\"") && page.contains("/assets/criteria.js"))
    let offered = page.matches(of: #/<option value="([A-Za-z0-9]+)" data-unit="([^"]+)">/#)
    #expect(offered.map { String($0.1) } == Criterion.measures.map(\.name))
    for measure in Criterion.measures {
      let loss = measure.name == Criterion.lossExceedance ? #", "loss": 0.2"# : ""
      let text = study(#"{ "measure": "\#(measure.name)"\#(loss), "atMost": 1 }"#)
      let asked: JSONValue = ["text": .string(text), "name": "scenarios/studies/who.json"]
      let answer = try await server.send(.post, "/api/v1/validations", body: JSONWriter.write(asked)).json
      // Some are of orders that are carried out, which this study's mandate is not.
      let isOfExecution = JSONWriter.write(answer).contains("is of a mandate")
      #expect(answer["good"] == .bool(true) || isOfExecution, "\(measure.name)")
    }
    let start = try await server.page("/studies?study=scenarios%2Fstudies%2Fwho.json").text
    #expect(start.contains("href=\"/scenarios/scenarios%2Fstudies%2Fwho.json\""))
  }

  @Test("A study lends its panel, its terms and its scenarios")
  func study() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea"), "scenarios/calm.json")
    try server.put(TestServer.scenario(title: "October"), "scenarios/october.json")
    try server.put(
      TestServer.study(
        title: "Who survives", scenarios: ["../calm.json"],
        criteria: #"[{ "measure": "survival", "atLeast": 0.99 }]"#), "scenarios/studies/who.json")
    let page = try await server.page("/studies?study=scenarios%2Fstudies%2Fwho.json").text
    #expect(page.boxes("agents") == ["hold", "rest"])
    #expect(page.boxes("risks") == ["careful"])
    #expect(page.boxes("documents") == ["scenarios/calm.json", "scenarios/october.json"])
    #expect(page.contains("survival at least 99"))
    #expect(
      page.contains("The study&#39;s own scenarios: Calm sea") || page.contains("The study's own scenarios: Calm sea"))
    #expect(page.contains(#"<input type="hidden" name="study" value="scenarios/studies/who.json"/>"#))
    #expect(page.contains(#"placeholder="64""#))
    #expect(page.contains(#"<option value="scenarios/studies/who.json" selected="selected">"#))
  }

  @Test("A scenario that is asked for is ticked")
  func ticked() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea"), "scenarios/calm.json")
    try server.put(TestServer.scenario(title: "October"), "scenarios/october.json")
    let page = try await server.page("/studies?scenario=scenarios%2Foctober.json").text
    let ticked = page.matches(of: /value="([^"]*)" checked="checked"/).map { String($0.1) }
    #expect(ticked == ["scenarios/october.json"])
  }

  @Test("A study with a mistake tells it, with its place")
  func mistake() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea"), "scenarios/calm.json")
    let text = TestServer.study(title: "Who survives", scenarios: ["../calm.json"]).replacing(
      "stopLoss", with: "stopLos")
    try server.put(text, "scenarios/studies/who.json")
    let page = try await server.page("/studies?study=scenarios%2Fstudies%2Fwho.json").text
    #expect(page.contains("This study cannot be run"))
    #expect(page.unescaped.contains(#"unknown model "stopLos"; did you mean "stopLoss"?"#))
    #expect(page.contains("scenarios/studies/who.json:7:"))
    #expect(!page.contains("id=\"run\""))
  }

  @Test("Without a scenario there is nothing to run, and the page says so")
  func nothing() async throws {
    let page = try await TestServer().page("/studies").text
    #expect(page.contains("There is nothing to run yet"))
  }

  @Test(
    "A study or scenario that is not there is told",
    arguments: ["study=scenarios%2Fno.json", "scenario=scenarios%2Fno.json"])
  func missing(query: String) async throws {
    #expect(try await TestServer().page("/studies?\(query)").status == 404)
  }
}

@Suite("Estimates of runs")
struct EstimatesTests {
  @Test("Paths, markets and desks are those that the run would have")
  func size() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea"), "scenarios/calm.json")
    try server.put(TestServer.study(title: "Who", scenarios: []), "scenarios/who.json")
    let body = #"""
      {"documents": ["scenarios/calm.json"], "study": "scenarios/who.json", "paths": 32, "severities": [0, 1, 2]}
      """#
    let answer = try await server.send(.post, "/api/v1/estimates", body: body)
    #expect(answer.status == 200)
    #expect(try answer.json == ["paths": 32.0, "markets": 3.0, "desks": 6.0, "seconds": .null, "runs": 0.0])
    let one = try await server.send(
      .post, "/api/v1/estimates", body: body.replacing("\"paths\"", with: "\"agents\": [\"hold\"], \"paths\""))
    #expect(try one.json["desks"] == 3.0)
  }

  @Test("What cannot be run is refused as a run would be")
  func refused() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea").replacing("gbm", with: "gmb"), "scenarios/calm.json")
    let body = #"{"documents": ["scenarios/calm.json"]}"#
    let (estimate, run) = (
      try await server.send(.post, "/api/v1/estimates", body: body),
      try await server.send(.post, "/api/v1/runs", body: body)
    )
    #expect(estimate.status == 422)
    #expect(estimate.text == run.text)
  }

  @Test("A run of twice the paths is estimated at twice the time of the one that was")
  func time() async throws {
    let server = try TestServer()
    try server.put(TestServer.scenario(title: "Calm sea"), "scenarios/calm.json")
    try server.put(TestServer.study(title: "Who", scenarios: []), "scenarios/who.json")
    // The shell stands for the program, and this file for what it runs.
    try server.put("exit 0", "run")
    let queue = server.context.jobs
    let running = Task { await queue.run() }
    func body(_ paths: Int) -> String {
      #"{"documents": ["scenarios/calm.json"], "study": "scenarios/who.json", "paths": \#(paths), "seed": 3, "severities": [1]}"#
    }
    let started = try await server.send(.post, "/api/v1/runs", body: body(100_000))
    #expect(started.status == 202)
    let id = try #require(try started.json["id"]?.plainText)
    let job = try await queue.end(of: queue.job(id))
    await queue.drain()
    await running.value
    #expect(job.state == .finished)
    let taken = Double(try #require(job.ended) - (try #require(job.started))) / 1000
    for (paths, share) in [(200_000, 2.0), (100_000, 1), (1_000_000, 10)] {
      let answer = try await server.send(.post, "/api/v1/estimates", body: body(paths)).json
      #expect(answer["runs"] == 1.0)
      let seconds = try #require(answer["seconds"]?.plainText.flatMap(Double.init))
      #expect(abs(seconds - taken * share) <= 0.051, "of \(taken) s")
    }
  }
}

extension String {
  /// The values of the boxes of one name.
  fileprivate func boxes(_ name: String) -> [String] {
    matches(of: /<input type="checkbox" name="([^"]*)" value="([^"]*)"/).filter { $0.1 == name }.map { String($0.2) }
  }
}
