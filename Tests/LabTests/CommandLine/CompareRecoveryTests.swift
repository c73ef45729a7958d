import Foundation
import Lab
import Testing

/// Runs in which some paths are impaired and some are not, some of them too late to recover.
@Suite("Recovery of two runs")
struct CompareRecoveryTests {
  /// So that some of those who hold little are ruined before they recover.
  private static let ruin = #""ruin": { "equityBelow": 0.9 },"#

  /// The crash may come late.
  private static func runs() throws -> ComparedRuns {
    let runs = try ComparedRuns()
    let late = SmallScenario.scenario().replacing("[\"1h\", \"2h\"]", with: "[\"1h\", \"6h\"]")
    try #require(late != SmallScenario.scenario())
    try runs.folder.write("small.json", late)
    return runs
  }

  /// Of the stores of two runs, written apart from our estimators: for each the impaired paths, the probability of recovery by
  /// Aalen and Johansen up to where ten are watched, and the mean time impaired; then the standard errors of both differences,
  /// by leaving out path after path of both.
  private static let code = """
    import sqlite3, sys
    query = \"\"\"select path, state95, coalesce(recoverySeconds95, case when state95 = 'ruined' then ruinSeconds end,
      censorSeconds95) - impairedSeconds95 from results where agent = 'hold' and impairedSeconds95 is not null\"\"\"
    runs = [{path: (end, time) for path, end, time in sqlite3.connect(name).execute(query)} for name in sys.argv[1:3]]

    def probability(run, last=None):
        ends = list(run.values())
        rows, alive, share, censored, found = sorted({time for _, time in ends}), 1.0, 0.0, 0, 0.0
        for time in rows:
            watched = sum(1 for _, other in ends if other >= time)
            if last is not None and time > last or last is None and watched < 10 and censored: break
            recovered = sum(1 for end, other in ends if other == time and end == 'recovered')
            ruined = sum(1 for end, other in ends if other == time and end == 'ruined')
            share += alive * recovered / watched
            alive *= 1 - (recovered + ruined) / watched
            censored += sum(1 for end, other in ends if other == time and end not in ('recovered', 'ruined'))
            found = time
        return share, found

    def mean(run): return sum(time for _, time in run.values()) / len(run)

    def error(values):
        middle = sum(values) / len(values)
        return ((len(values) - 1) / len(values) * sum((value - middle) ** 2 for value in values)) ** 0.5

    ends = [probability(run)[1] for run in runs]
    def without(path): return [{key: value for key, value in run.items() if key != path} for run in runs]
    left = [without(path) for path in range(int(sys.argv[3]))]
    shares = [probability(two[1], ends[1])[0] - probability(two[0], ends[0])[0] for two in left]
    times = [mean(two[1]) - mean(two[0]) for two in left]
    for run in runs: print(len(run), probability(run)[0], mean(run), sum(end == 'recovered' for end, _ in run.values()) / len(run))
    print(error(shares), error(times))
    """

  @Test(
    "is that of the report, and its difference path by path has the jackknife's error, as has that of the time impaired"
  )
  func recovery() throws {
    let runs = try Self.runs()
    try runs.add("a", leverage: 0.6, more: Self.ruin)
    try runs.add("b", leverage: 0.75, more: Self.ruin)
    let lines = try runs.python(Self.code, ["a", "b"], ["200"]).split(separator: "\n").map { line in
      line.split(separator: " ").compactMap { Double($0) }
    }
    try #require(lines.count == 3)
    let desk = try #require(try runs.json("a", "b")["desks"].elements.first { $0["agent"].string == "hold" })
    let (recovery, time) = (desk["recovery"], desk["expectedTimeImpairedSeconds"])
    for (line, (side, folder)) in zip(lines, [("baseline", "a"), ("candidate", "b")]) {
      try #require(line[0] >= 30 && line[0] <= 170, "\(line)")
      #expect(abs((recovery[side]["value"].double ?? -1) - line[1]) < 1e-12, "\(recovery[side]) \(line)")
      #expect(abs((time[side]["value"].double ?? -1) - line[2]) < 1e-6, "\(time[side]) \(line)")
      // Paths that were impaired late count otherwise than in the bare share.
      #expect(abs(line[1] - line[3]) > 1e-3, "\(line)")
      let summary = try JSONDecoder().decode(
        Summary.self, from: Data(contentsOf: runs.folder.url.appendingPathComponent("\(folder)/summary.json")))
      let told = try #require(summary.desks.first { $0.agent == "hold" }).recovery
      #expect(recovery[side]["value"].double == told.value && recovery[side]["low"].double == told.low)
      #expect(recovery[side]["high"].double == told.high && told.n == Int(line[0]), "\(told)")
    }
    for (measure, column, error) in [(recovery, 1, lines[2][0]), (time, 2, lines[2][1])] {
      let difference = measure["difference"]
      let value = try #require(difference["value"].double)
      #expect(abs(value - (lines[1][column] - lines[0][column])) < 1e-9 * max(1, abs(value)), "\(difference)")
      #expect(difference["method"].string == "studentT" && difference["n"].double == 200, "\(difference)")
      let (low, high) = (try #require(difference["low"].double), try #require(difference["high"].double))
      // Student's t of 199 degrees of freedom; Hall's transformation moves both ends, not the width by much.
      #expect(abs((high - low) / (2 * 1.97196 * error) - 1) < 0.1, "\(difference) \(error)")
    }
  }

  @Test("of two samples is a difference of both, and without bounds where fewer than ten paths were impaired")
  func samples() throws {
    let runs = try Self.runs()
    try runs.add("a", leverage: 0.6, more: Self.ruin)
    try runs.add("b", leverage: 0.75, more: Self.ruin, seed: 8)
    try runs.add("few", leverage: 0.6, more: Self.ruin, paths: 8)
    let apart = try #require(try runs.json("a", "b")["desks"].elements.first { $0["agent"].string == "hold" })[
      "recovery"]
    let value = (apart["candidate"]["value"].double ?? 9) - (apart["baseline"]["value"].double ?? 0)
    #expect(abs((apart["difference"]["value"].double ?? -1) - value) < 1e-12, "\(apart)")
    #expect(apart["difference"]["method"].string == "welch" && apart["difference"]["low"].double != nil, "\(apart)")
    let few = try #require(try runs.json("few", "b")["desks"].elements.first { $0["agent"].string == "hold" })[
      "recovery"]
    #expect(few["difference"]["low"].double == nil && few["difference"]["high"].double == nil, "\(few)")
  }
}
