import Documents
import Foundation
import HTTPTypes
import Server
import Testing
import Tracking
import Training

@Suite("Pages of agents, trainings and data")
struct AgentPagesTests {
  private static func page(_ server: TestServer, _ path: String) async throws -> String {
    let answer = try await server.send(.get, path, headers: ["Accept": "text/html"])
    #expect(answer.status == 200, "\(path): \(answer.text)")
    #expect(!answer.text.contains("style=\"") && !answer.text.contains("onclick"))
    return answer.text
  }

  @Test("Where there is nothing, a page says what to do: the command and the form")
  func empty() async throws {
    let server = try TestServer()
    let agents = try await Self.page(server, "/agents")
    #expect(agents.contains("stresslab agents add") && agents.contains("href=\"/trainings\""))
    let data = try await Self.page(server, "/data")
    #expect(data.contains("stresslab collect") && data.contains("data-api=\"/api/v1/collections\""))
    #expect(!data.contains("/api/v1/feature-sets"))
    let trainings = try await Self.page(server, "/trainings")
    #expect(trainings.contains("/new/training") && trainings.contains("/new/tuning"))
  }

  @Test("Agents have their figures, curves, checks and decisions, and titles are escaped")
  func agents() async throws {
    let server = try TestServer()
    let run = try server.addAgent()
    try server.put(DocumentKind.study.template, "scenarios/studies/gate.json")
    let all = try await Self.page(server, "/agents")
    for words in ["calm:1", "calm:2", "growth 0.11", "growth 0.12", "champion", "/trainings/records/\(run)"] {
      #expect(all.contains(words), "\(words)")
    }
    #expect(all.contains("data-api=\"/api/v1/agent-comparisons\"") && all.contains("data-api=\"/api/v1/promotions\""))
    let one = try await Self.page(server, "/agents/calm")
    for words in [
      "Mean return of an episode went from 0.125 to 2.5", "Validation went from 0.050 to 0.150",
      "not worse &amp; tested",
      "passes &lt;all&gt;", "fixtures/&lt;bars&gt;.csv",
    ] {
      #expect(one.contains(words), "\(words)")
    }
    #expect(!one.contains("<bars>"))
    let first = try await Self.page(server, "/agents/calm?version=1")
    #expect(!first.contains("not worse &amp; tested") && first.contains("was not judged yet"))
    let none = try await server.send(.get, "/agents/none", headers: ["Accept": "text/html"])
    #expect(none.status == 404)
    let record = try await Self.page(server, "/trainings/records/\(run)")
    #expect(record.contains("calm/seed-1") && record.contains("growth 0.15"))
  }

  @Test(
    "What an agent does in which state is drawn of the newest report in the workspace that has its maps, and of it alone"
  )
  func maps() async throws {
    let server = try TestServer()
    try server.addAgent()
    let folder = try #require(server.context.tracking)
    let version = try #require(try ModelStore(folder).versions(of: "calm").last)
    for (index, place) in ["reports/first", "reports/second", "reports/without", "/elsewhere/report"].enumerated() {
      let store = try TrackingStore.open(folder)
      let run = try store.begin(
        RunBeginning(
          .stress, name: "gate", identity: "stress-\(index)", experiment: "stress", parameters: [:],
          tags: ["folder": place], isResumed: false, start: 1_700_000_100_000 + Int64(index)))
      let desk = RunEnding.Part(
        name: "My Walker/none in crash at severity 1", parameters: [:], tags: ["agent.sha256": version.sha256],
        metrics: [MetricPoint("survival", 0.9, time: 1)])
      try store.end(run, RunEnding(.finished, time: 1_700_000_200_000, parts: [desk]), artefacts: [])
      try store.close()
    }
    for report in ["first", "second"] {
      for chart in ["my-walker-crash-map-aaa-inside", "my-walker-crash-outside", "my-walker-2-crash-map-aaa-inside"] {
        try server.put("<svg/>", "reports/\(report)/charts/agent-\(chart).svg")
      }
    }
    let page = try await Self.page(server, "/agents/calm")
    let drawn = page.matches(of: #/data-chart="([^"]+)"/#).map { String($0.1) }
    #expect(drawn == ["/api/v1/reports/second/charts/agent-my-walker-crash-map-aaa-inside.svg"])
    #expect(page.contains("/assets/charts.js"))
  }

  @Test("Trainings are started by a press, and their values are a form with ranges beside the text")
  func trainings() async throws {
    let server = try TestServer()
    try server.put(DocumentKind.training.template, "scenarios/training/mine.json")
    try server.put(DocumentKind.tuning.template, "scenarios/tuning/mine.json")
    let page = try await Self.page(server, "/trainings")
    #expect(page.contains("value=\"scenarios/training/mine.json\"") && page.contains("data-api=\"/api/v1/trainings\""))
    #expect(page.contains("value=\"scenarios/tuning/mine.json\"") && page.contains("data-api=\"/api/v1/searches\""))
    #expect(page.contains("/hyperparameters/"))
    let form = try await Self.page(server, "/scenarios/scenarios%2Ftraining%2Fmine.json")
    for path in ["hyperparameters/learningRate", "hyperparameters/discount", "mandate/deadBand", "validation/every"] {
      #expect(form.contains("data-path=\"\(path)\""), "\(path)")
    }
    #expect(form.contains("members.js"))
  }

  @Test("A dataset has its state, gaps, prices, findings and drift")
  func data() async throws {
    let server = try TestServer()
    try server.addData("made/coin", wilder: 640)
    let all = try await Self.page(server, "/data")
    #expect(all.contains("href=\"/data/made%2Fcoin\"") && all.contains("699") && all.contains("2020-01-01"))
    let one = try await Self.page(server, "/data/made%2Fcoin")
    #expect(one.contains("Gaps: 1") && one.contains("Closes of 699 bars") && one.contains("<svg"))
    #expect(!one.contains("have drifted"))
    let drift = try await Self.page(server, "/data/made%2Fcoin?against=made%2Fcoin&bars=60")
    #expect(drift.contains("The log returns have drifted") && drift.contains("vary more"))
    let refused = try await Self.page(server, "/data/made%2Fcoin?against=made%2Fcoin&bars=690")
    #expect(refused.contains("at least 50 are needed"))
  }
}
