import Documents
import Foundation
import Testing
import Training

@Suite("The trials of a search")
struct SearchSpaceTests {
  private func points(_ space: String, _ sampler: String, seed: Int = 3) throws -> [[String]] {
    let search = try SmallSearch(["space": space, "sampler": sampler])
    return try TuningFile(reading: search.path, seed: seed).trials.map { $0.values.map { TuningTrial.text($0.value) } }
  }

  private func numbers(_ space: String, _ sampler: String, seed: Int = 3) throws -> [[Double]] {
    try points(space, sampler, seed: seed).map { $0.compactMap(Double.init) }
  }

  @Test("of a grid are all combinations, the last axis in the order of pointers running fastest")
  func grid() throws {
    let space = """
      { "/mandate/deadBand": { "between": [0, 0.4], "points": 3 },
        "/hyperparameters/learningRate": { "between": [0.0001, 0.01], "scale": "log", "points": 3 } }
      """
    let expected = ["0.0001", "0.001", "0.01"].flatMap { rate in ["0", "0.2", "0.4"].map { [rate, $0] } }
    #expect(try points(space, #"{ "model": "grid" }"#) == expected)
    let whole = #"{ "/hyperparameters/epochs": { "between": [2, 5], "whole": true } }"#
    #expect(try points(whole, #"{ "model": "grid" }"#) == [["2"], ["3"], ["4"], ["5"]])
  }

  /// Kolmogorov's distance of 400 draws to the uniform law: beyond 1.63/√400 once in a hundred seeds. Planted mistake: the
  /// scale left out.
  @Test("are drawn alike over the scale of an axis, with both samplers", arguments: ["random", "quasiRandom"])
  func spread(_ model: String) throws {
    let space = """
      { "/hyperparameters/learningRate": { "between": [0.0001, 0.01], "scale": "log" },
        "/mandate/deadBand": { "between": [0.1, 0.5] },
        "/reward/drawdownPenalty": { "between": [0, 10] } }
      """
    let trials = try numbers(space, #"{ "model": "\#(model)", "trials": 400 }"#)
    let laws: [(Double) -> Double] = [{ log($0 / 0.0001) / log(100) }, { ($0 - 0.1) / 0.4 }, { $0 / 10 }]
    for (axis, law) in laws.enumerated() {
      let places = trials.map { law($0[axis]) }.sorted()
      let distance = places.enumerated().map { max(abs($1 - Double($0) / 400), abs($1 - Double($0 + 1) / 400)) }.max()
      #expect(places.allSatisfy { (0...1).contains($0) })
      #expect((distance ?? 1) < (model == "random" ? 1.63 / 20 : 0.012), "axis \(axis): \(distance ?? 1)")
    }
  }

  @Test("follow from the seed and the pointers alone: another axis moves no draw of the others")
  func streams() throws {
    let rate = #""/hyperparameters/learningRate": { "between": [0.0001, 0.01], "scale": "log" }"#
    let band = #""/mandate/deadBand": { "between": [0, 0.5] }"#
    let sampler = #"{ "model": "random", "trials": 20 }"#
    let one = try numbers("{ \(band) }", sampler)
    let two = try numbers("{ \(band), \(rate) }", sampler)
    let turned = try numbers("{ \(rate), \(band) }", sampler)
    #expect(two.map { $0[1] } == one.map { $0[0] } && two == turned)
    #expect(try numbers("{ \(band) }", sampler) == one)
    #expect(try numbers("{ \(band) }", sampler, seed: 4) != one)
  }

  @Test("are spread evenly by Sobol's points: one in each eighth of each axis")
  func sobol() throws {
    let space = """
      { "/hyperparameters/discount": { "between": [0, 1] }, "/mandate/deadBand": { "between": [0, 0.9] } }
      """
    let trials = try numbers(space, #"{ "model": "quasiRandom", "trials": 8 }"#)
    #expect(Set(trials.map { Int($0[0] * 8) }).count == 8 && Set(trials.map { Int($0[1] / 0.9 * 8) }).count == 8)
    #expect(try numbers(space, #"{ "model": "quasiRandom", "trials": 8 }"#, seed: 4) != trials)
  }

  @Test("are never the same twice, and of whole numbers each comes as often")
  func distinct() throws {
    let space = """
      { "/hyperparameters/epochs": { "between": [1, 4], "whole": true }, "/activation": { "values": ["tanh", "relu"] } }
      """
    for model in ["random", "quasiRandom"] {
      let trials = try points(space, #"{ "model": "\#(model)", "trials": 8 }"#)
      #expect(Set(trials).count == 8)
    }
    let many = try numbers(
      #"{ "/hyperparameters/minibatch": { "between": [1000, 1000000], "whole": true, "scale": "log" } }"#,
      #"{ "model": "random", "trials": 300 }"#)
    #expect(many.allSatisfy { $0[0] == $0[0].rounded() && (1000...1_000_000).contains($0[0]) })
    // Half of them, 150 with a standard error of 8.7.
    let low = many.count { $0[0] < 31_623 }
    #expect((110...190).contains(low), "\(low)")
  }

  @Test(
    "say their values in their documents, also where the training says nothing there, and have the updates of the last rung"
  )
  func documents() throws {
    let search = try SmallSearch([
      "space": """
      { "/reward/drawdownPenalty": { "values": [2] }, "/observations/1/bars": { "values": [5] },
        "/hidden": { "values": [[4, 4]] }, "/hyperparameters/rolloutSteps": { "values": [10] } }
      """, "sampler": #"{ "model": "grid" }"#,
    ])
    let trial = try #require(try search.file.trials.first)
    let plan = trial.training.plan
    #expect(
      plan.hidden == [4, 4] && plan.hyperparameters.updates == 8 && plan.hyperparameters.totalSteps == 16 * 10 * 8)
    #expect(plan.reward.json["drawdownPenalty"]?.double == 2)
    #expect(trial.training.document.root.node(at: "/observations/1/bars")?.number == 5)
    #expect(try search.file.training.plan.hidden == [8] && trial.training.digest != search.file.training.digest)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let member, text: String
    /// The complaints, each as JSON path and a part of the message.
    let complaints: [(path: String, message: String)]
    var testDescription: String { "\(member): \(text)" }
  }

  @Test(
    "are refused where the document is wrong, each mistake at its place",
    arguments: [
      Wrong(
        member: "space", text: #"{ "/learningRate": { "values": [0.1] } }"#,
        complaints: [("/space/~1learningRate", #"did you mean "/hyperparameters/learningRate"?"#)]),
      Wrong(
        member: "space", text: #"{ "/hyperparameters/learningRat": { "values": [0.1] } }"#,
        complaints: [("/space/~1hyperparameters~1learningRat", #"did you mean "/hyperparameters/learningRate"?"#)]),
      Wrong(
        member: "space", text: #"{ "mandate/deadBand": { "values": [0.1] } }"#,
        complaints: [
          (
            "/space/mandate~1deadBand",
            #"begins with / and names something in the training; did you mean "/mandate/deadBand"?"#
          )
        ]),
      Wrong(
        member: "space", text: #"{ "/observations/9/bars": { "values": [1] } }"#,
        complaints: [("/space/~1observations~19~1bars", "there is nothing at")]),
      Wrong(
        member: "space", text: #"{ "/seeds": { "values": [[1], [2]] }, "/validation/paths": { "values": [8] } }"#,
        complaints: [
          ("/space/~1seeds", "is not varied: seeds are what luck is made of"),
          ("/space/~1validation~1paths", "is not varied: trials are judged by one measure"),
        ]),
      Wrong(
        member: "space", text: #"{ "/hyperparameters/totalSteps": { "values": [100] } }"#,
        complaints: [("/space/~1hyperparameters~1totalSteps", "says how many updates")]),
      Wrong(
        member: "space", text: #"{ "/hyperparameters": { "values": [{}] } }"#,
        complaints: [("/space/~1hyperparameters", "is not varied")]),
      Wrong(
        member: "space",
        text: #"{ "/mandate": { "values": [{"leverage": 2}] }, "/mandate/deadBand": { "values": [0] } }"#,
        complaints: [("/space/~1mandate~1deadBand", #"it lies within "/mandate""#)]),
      Wrong(
        member: "space",
        text:
          #"{ "/hyperparameters/learningRate": { "values": [0.1, 5, "x"] }, "/mandate/deadBand": { "between": [-1, 0.1] } }"#,
        complaints: [
          ("/space/~1hyperparameters~1learningRate/values/1", "5 is not above 0 and at most 1"),
          ("/space/~1hyperparameters~1learningRate/values/2", "expected a number"),
          ("/space/~1mandate~1deadBand/between/0", "-1 is "),
        ]),
      Wrong(
        member: "space", text: #"{ "/mandate/deadBand": { "betwen": [0, 1] } }"#,
        complaints: [
          ("/space/~1mandate~1deadBand/betwen", #"did you mean "between"?"#),
          ("/space/~1mandate~1deadBand", "say what may stand there"),
        ]),
      Wrong(
        member: "space", text: #"{ "/mandate/deadBand": { "between": [0.2, 0.1] } }"#,
        complaints: [("/space/~1mandate~1deadBand/between", "0.2 is not below 0.1")]),
      Wrong(
        member: "space", text: #"{ "/mandate/deadBand": { "between": [0, 0.1], "scale": "log" } }"#,
        complaints: [("/space/~1mandate~1deadBand/between/0", "0 has no logarithm")]),
      Wrong(
        member: "space", text: #"{ "/mandate/deadBand": { "values": [0, 0.1, 0] } }"#,
        complaints: [("/space/~1mandate~1deadBand/values/2", "0 stands here twice")]),
      Wrong(member: "space", text: "{}", complaints: [("/space", "at least 1 member")]),
      Wrong(
        member: "sampler", text: #"{ "model": "gird" }"#, complaints: [("/sampler/model", #"did you mean "grid"?"#)]),
      Wrong(
        member: "sampler", text: #"{ "model": "grid" }"#,
        complaints: [("/space/~1hyperparameters~1learningRate", #"say "points""#)]),
      Wrong(
        member: "sampler", text: #"{ "model": "random", "trials": 0 }"#,
        complaints: [("/sampler/trials", "0 is outside 1…1000")]),
      Wrong(
        member: "halving", text: #"{ "first": 9, "last": 8 }"#,
        complaints: [("/halving/first", "the first rung has 9 updates, and the last one 8")]),
      Wrong(
        member: "sede", text: "[1]",
        complaints: [("/sede", "unknown key")]),
      Wrong(
        member: "space", text: #"{ "/mandate/deadBand": { "between": [-1, 0.1], "scle": "log" } }"#,
        complaints: [
          ("/space/~1mandate~1deadBand/scle", #"did you mean "scale"?"#),
          ("/space/~1mandate~1deadBand/between/0", "-1 is "),
        ]),
      Wrong(member: "seeds", text: "[1, 1]", complaints: [("/seeds", "a seed stands here twice")]),
      Wrong(member: "training", text: #""nothing.json""#, complaints: [("", "there is no such file")]),
    ] as [Wrong])
  func refused(_ wrong: Wrong) throws {
    let search = try SmallSearch([wrong.member: wrong.text])
    do throws(Problems) {
      _ = try TuningFile(reading: search.path)
      Issue.record("it was read")
    } catch {
      let found = error.all.map { "\($0.path): \($0.message)" }.joined(separator: "\n")
      for (path, message) in wrong.complaints {
        #expect(
          error.all.contains { $0.path == path && $0.message.contains(message) }, "\(path) \(message) in\n\(found)")
        if !path.isEmpty { #expect(error.all.allSatisfy { $0.position.line > 0 && $0.position.file == search.path }) }
      }
      #expect(error.all.count == wrong.complaints.count, "\(found)")
    }
  }

  @Test("are refused where only two values together are wrong, or the first rung has no validation, or windows walk")
  func together() throws {
    let two = try SmallSearch([
      "space": """
      { "/hyperparameters/environments": { "values": [16, 65536] }, "/hyperparameters/rolloutSteps": { "values": [25, 1000000] } }
      """, "sampler": #"{ "model": "grid" }"#,
    ])
    let problems = try #require(throws: Problems.self) { try two.file }
    #expect(problems.all.contains { $0.message.contains("takes too much memory") && $0.message.contains("(trial") })
    let late = try SmallSearch(
      ["halving": #"{ "first": 2, "last": 8 }"#],
      training: [
        "validation": #"{ "paths": 32, "every": 4 }"#
      ])
    let unseen = try #require(throws: Problems.self) { try late.file }
    #expect(unseen.all.map(\.path) == ["/halving/first"])
    let few = try SmallSearch(["space": #"{ "/mandate/deadBand": { "values": [0.1, 0.3] } }"#])
    let fewer = try #require(throws: Problems.self) { try few.file }
    #expect(fewer.all.map(\.path) == ["/sampler/trials"] && fewer.all[0].message.contains("has 2 combinations"))
  }
}
