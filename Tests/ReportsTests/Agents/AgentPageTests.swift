import Foundation
import Lab
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The page of a trained agent")
struct AgentPageTests {
  private static let made = Result { try KnownAgent(training: KnownAgent.training, log: KnownAgent.log) }

  /// Its words, blanks plain.
  private func words(_ page: String) -> String {
    page.replacingOccurrences(of: "(?s)<(style|script|svg).*?</\\1>", with: "", options: .regularExpression)
      .replacingOccurrences(of: "<[^>]+>", with: "\n", options: .regularExpression).replacing("\u{A0}", with: " ")
      .replacingOccurrences(of: "\n+", with: "\n", options: .regularExpression)
  }

  @Test("is linked from the panel and links back, whatever the agent is called, and fetches nothing")
  func links() throws {
    let report = Report(try Self.made.get().summary)
    #expect(
      report.pages.map(\.name) == [
        "market-market.html", "desk-k-n-o-wn-capped.html", "desk-k-n-o-wn-none.html", "desk-hold-capped.html",
        "desk-hold-none.html", "agent-k-n-o-wn.html",
      ])
    let page = try #require(report.pages.last?.contents)
    #expect(
      report.page.contains(
        "<dt>K n&lt;o&gt;wn</dt>") && report.page.contains("<a href=\"agent-k-n-o-wn.html\">How K n&lt;o&gt;wn was"))
    #expect(page.contains("<a href=\"index.html#panel\">Back to the report “Known”</a>"))
    #expect(report.page.contains("id=\"panel\""))
    #expect(XMLParser(data: Data(page.utf8)).parse())
    let files = Set(report.charts.map(\.name))
    #expect(files.count == report.charts.count)
    let links = page.matches(of: /(?:src|href)="([^"]*)"/).map { String($0.1) }
    for link in links where !link.hasPrefix("#") && !link.hasPrefix("index.html") {
      #expect(link.hasPrefix("charts/agent-k-n-o-wn-") && files.contains(String(link.dropFirst(7))), "\(link)")
    }
    #expect(links.count { $0.hasPrefix("charts/") } == 6)
    let ids = page.matches(of: /\bid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for link in links where link.hasPrefix("#") { #expect(ids.contains(String(link.dropFirst())), "\(link)") }
    #expect(page.matches(of: /<script/).count == 1 && !page.lowercased().contains("nan"))
    #expect(page.matches(of: /<svg class="chart/).count == 12)
    for chart in report.charts { #expect(XMLParser(data: Data(chart.contents.utf8)).parse(), "\(chart.name)") }
  }

  @Test("says what the agent is and prints the shares that were counted")
  func numbers() throws {
    let report = Report(try Self.made.get().summary)
    let words = words(try #require(report.pages.last?.contents))
    for part in [
      "Training\nBy &lt;hand&gt;\n", "Seed\n7\n", "Made by\na formula\n", "Learned for\n40 updates, 4,000 steps\n",
      "Sees\n3 numbers at every close: depth(A), return(A, 1), position(A)\n",
      "May do\nup to 2 times its equity, long or short", "Documents of its training\nabc123\n",
      "with growth 0.25 the best of 3 validations; the last one has 0.125\n",
      "sees an input that it was not trained on at 0 % of closes before the event, 100 % inside the event and 0 % after",
      "closes\n1,344\n640\n1,856\n", "lower than the lowest or higher than the highest",
    ] {
      #expect(words.contains(part), "\(part)")
    }
  }

  /// Planted mistake that it was seen to fail with: weights for shares of episodes.
  @Test(
    "says what it learned on, at which severities, behind which rules and for how long, wherever the agent is introduced"
  )
  func learnedOn() throws {
    let scenarios = """
      "scenarios": [{ "title": "Shocks", "weight": 3, "severities": [1, 0, 0] },
        { "title": "Calm", "weight": 1, "severities": [0] }], "rules": "stopLoss (loss 0.05)", "updates"
      """
    let agent = try KnownAgent(training: KnownAgent.training.replacing("\"updates\"", with: scenarios), paths: 8)
    let report = Report(agent.summary)
    let sentence =
      "K n<o>wn learned in 75 % of episodes on “Shocks”, at severity 0 (without its events) in 2 of 3 episodes and 1 in 1; in "
      + "25 % of episodes on “Calm”, always at severity 0 (without its events), behind stopLoss (loss 0.05), 4,000 steps of 1 min, "
      + "seed 7. Of its policies the one after update 20 of 40 did best in validation, and is the one that trades."
    #expect(Situation.words(report.page).contains(sentence))
    #expect(Situation.words(report.page).contains("; K n<o>wn learned on shocks"))
    #expect(!Situation.words(Report(try Self.made.get().summary).page).contains("learned on shocks"))
    for page in report.pages where page.name.hasPrefix("agent-") || page.name.hasPrefix("desk-k-n-o-wn") {
      #expect(Situation.words(page.contents).contains(sentence), "\(page.name)")
    }
    let others = report.pages.filter { $0.name.hasPrefix("desk-hold") }
    #expect(others.count == 2 && !others.contains { $0.contents.contains("learned") })
    // What is not on record is not made up.
    let page = try #require(Report(try Self.made.get().summary).pages.last?.contents)
    #expect(
      Situation.words(page).contains(
        "K n<o>wn comes of the training “By <hand>”, 4,000 steps of 1 min, seed 7; on which scenarios and severities it learned "
          + "is not on record."))
    let single = scenarios.replacing(
      ",\n  { \"title\": \"Calm\", \"weight\": 1, \"severities\": [0] }", with: ""
    ).replacing("stopLoss (loss 0.05)", with: "no rules")
    let alone = try KnownAgent(training: KnownAgent.training.replacing("\"updates\"", with: single), paths: 8)
    #expect(
      Situation.words(Report(alone.summary).page).contains(
        "K n<o>wn learned on “Shocks”, at severity 0 (without its events) in 2 of 3 episodes and 1 in 1, behind no risk rules, "
      ))
  }

  @Test("of a policy without record, log and statistics says so in sentences")
  func unknown() throws {
    let words = words(try #require(Report(try KnownAgent(paths: 8).summary).pages.last?.contents))
    for part in [
      "Its policy was made by a formula; nothing is on record here of how it was trained.",
      "There is no learning curve: its folder holds no training.csv.", "There is no validation curve",
      "Its files do not say what its inputs were in training, so it is not known which were outside it.",
    ] {
      #expect(words.contains(part), "\(part)")
    }
  }

  @Test("is the same from the store alone, by whatever threads and tiles, and when the run was resumed")
  func sameBytes() throws {
    let agent = try KnownAgent(training: KnownAgent.training, log: KnownAgent.log, paths: 300)
    #expect(agent.summary.behaviour?.paths == 256)
    let report = Report(agent.summary)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: agent.folder + "/run/summary.json"))
    for (threads, tile) in [(1, 64), (8, 8)] {
      let name = "t\(threads)"
      _ = try KnownAgent.run(agent.folder, name, RunSettings(threads: threads, tile: tile))
      #expect(try Data(contentsOf: URL(fileURLWithPath: agent.folder + "/\(name)/summary.json")) == bytes, "\(name)")
    }
    // The later paths first: what was looked at then is not what is looked at in the end.
    _ = try KnownAgent.run(agent.folder, "parts", RunSettings(paths: 99, firstPath: 201, threads: 2))
    let resumed = try KnownAgent.run(agent.folder, "parts", RunSettings(paths: 201, threads: 2), resume: true)
    #expect(resumed == agent.summary)
    #expect(try Data(contentsOf: URL(fileURLWithPath: agent.folder + "/parts/summary.json")) == bytes)

    try report.write(to: ReportFolder(agent.folder + "/run"))
    try FileManager.default.removeItem(atPath: agent.folder + "/agent")
    for name in ["index.html"] + report.pages.map(\.name) {
      try FileManager.default.removeItem(atPath: agent.folder + "/run/" + name)
    }
    #expect(try BuiltProgram.run("report", agent.folder + "/run", "--quiet") == 0)
    for (name, contents) in [("index.html", report.page)] + report.pages {
      let drawn = try String(contentsOfFile: agent.folder + "/run/" + name, encoding: .utf8)
      #expect(drawn == contents, "\(name)")
    }
  }
}
