import Documents
import Testing

struct InheritanceTests {
  /// Files and what the first, `a.json`, is after merging.
  struct Merge: CustomTestStringConvertible {
    let files: [String: String]
    let merged: String
    var testDescription: String { files["a.json"] ?? "" }
  }

  private func load(_ files: [String: String], _ path: String = "a.json") throws(Problems) -> Document {
    let loader = DocumentLoader(notations: [["between"], ["low", "typical", "high"]]) { path in
      files[path].map { [UInt8]($0.utf8) }
    }
    return try loader.load(path)
  }

  @Test(
    "what is extended is merged by name",
    arguments: [
      Merge(
        files: [
          "a.json": #"{"extends": "b.json", "x": {"p": 2}, "z": 3}"#,
          "b.json": #"{"x": {"p": 1, "q": 1}, "y": [1, 2]}"#,
        ],
        merged: #"{"x":{"p":2,"q":1},"y":[1,2],"z":3}"#),
      // Arrays and plain values replace.
      Merge(
        files: ["a.json": #"{"extends": "b.json", "y": [3], "x": 1}"#, "b.json": #"{"x": {"p": 1}, "y": [1, 2]}"#],
        merged: #"{"x":1,"y":[3]}"#),
      // Null takes away, at any depth; what is not there cannot be taken away.
      Merge(
        files: [
          "a.json": #"{"extends": "b.json", "x": {"p": null}, "y": null, "z": null}"#,
          "b.json": #"{"extends": "c.json", "x": {"p": 1, "q": 1}}"#, "c.json": #"{"y": [1, 2], "x": {"p": 0}}"#,
        ],
        merged: #"{"x":{"q":1},"z":null}"#),
      // Another model replaces, the same model or none merges.
      Merge(
        files: [
          "a.json": #"{"extends": "b.json", "p": {"model": "b", "k": 1}, "q": {"model": "a", "k": 1}, "r": {"k": 1}}"#,
          "b.json": #"{"p": {"model": "a", "l": 2}, "q": {"model": "a", "l": 2}, "r": {"model": "a", "l": 2}}"#,
        ],
        merged: #"{"p":{"model":"b","k":1},"q":{"model":"a","l":2,"k":1},"r":{"model":"a","l":2,"k":1}}"#),
      // So does another notation of a distribution.
      Merge(
        files: [
          "a.json": #"{"extends": "b.json", "p": {"between": [0, 1]}, "q": {"high": 9}}"#,
          "b.json": #"{"p": {"low": 0, "typical": 1, "high": 2}, "q": {"low": 0, "typical": 1, "high": 2}}"#,
        ],
        merged: #"{"p":{"between":[0,1]},"q":{"low":0,"typical":1,"high":9}}"#),
      // Siblings, in a chain and in any order.
      Merge(
        files: [
          "a.json": #"{"e": {"c": {"extends": "b", "z": 3}, "a": {"x": 1, "y": 1}, "b": {"extends": "a", "y": 2}}}"#
        ],
        merged: #"{"e":{"c":{"x":1,"y":2,"z":3},"a":{"x":1,"y":1},"b":{"x":1,"y":2}}}"#),
      // A sibling that comes from the extended file, as this file changes it.
      Merge(
        files: [
          "a.json": #"{"extends": "lib/b.json", "e": {"second": {"extends": "first", "y": 3}, "first": {"x": 9}}}"#,
          "lib/b.json": #"{"extends": "../c.json", "e": {"first": {"x": 1, "y": 2}}}"#,
          "c.json": #"{"w": 0}"#,
        ],
        merged: #"{"w":0,"e":{"first":{"x":9,"y":2},"second":{"x":9,"y":3}}}"#),
      // A file below the root.
      Merge(
        files: ["a.json": #"{"e": {"first": {"extends": "lib/b.json", "x": 2}}}"#, "lib/b.json": #"{"x": 1, "y": 1}"#],
        merged: #"{"e":{"first":{"x":2,"y":1}}}"#),
    ])
  func merges(merge: Merge) throws {
    let document = try load(merge.files)
    #expect(document.root.json.text == merge.merged)
    #expect(document.problems.isEmpty)
    #expect(Set(document.files.map(\.path)) == Set(merge.files.keys))
    #expect(document.files.first?.path == "a.json")
  }

  @Test(
    "what can't be extended is told at its place",
    arguments: [
      (
        ["a.json": #"{"extends": "b.json"}"#], "a.json:1:13: /extends: there is no file \"b.json\", or it can't be read"
      ),
      (["a.json": #"{"extends": "a.json"}"#], "a.json:1:13: /extends: \"a.json\" extends itself, through a.json"),
      (
        ["a.json": #"{"extends": "x/b.json"}"#, "x/b.json": #"{"extends": "../a.json"}"#],
        "x/b.json:1:13: /extends: \"a.json\" extends itself, through a.json, x/b.json"
      ),
      (
        ["a.json": #"{"extends": 1}"#],
        "a.json:1:13: /extends: expected the name of a sibling or a file to extend, found the number 1"
      ),
      (
        ["a.json": #"{"extends": "b.json"}"#, "b.json": "{,}"],
        "b.json:1:2: expected a key in double quotes, found \",\""
      ),
      (
        ["a.json": #"{"e": {"crash": {"x": 1}, "b": {"extends": "crush"}}}"#],
        "a.json:1:44: /e/b/extends: no sibling named \"crush\"; did you mean \"crash\"?"
      ),
      (
        ["a.json": #"{"e": {"a": {"extends": "b"}, "b": {"extends": "a"}}}"#],
        "a.json:1:48: /e/b/extends: \"a\" extends itself, through \"a\", \"b\""
      ),
      (
        ["a.json": #"{"e": {"a": {"extends": "a"}}}"#], "a.json:1:25: /e/a/extends: \"a\" extends itself, through \"a\""
      ),
    ])
  func refused(files: [String: String], message: String) {
    do throws(Problems) {
      let document = try load(files)
      #expect(document.problems.map(\.description) == [message])
    } catch {
      #expect(error.description == message)
    }
  }

  @Test("a value keeps the file, line, column and pointer of where it was written")
  func places() throws {
    let files = [
      "scenarios/a.json": "{\"extends\": \"base.json\",\n \"weights\": {\"A\": 2}}",
      "scenarios/base.json": """
      {"annualVolatility": -1,
       "weights": {"A": 1, "B": 1.5}, "shape": {"model": "point"}}
      """,
    ]
    do throws(Problems) {
      _ = try Toy.form.read(load(files, "scenarios/a.json")) { $0.declare("asset", ["A", "B"]) }
      Issue.record("nothing was thrown")
    } catch {
      #expect(
        error.description == """
          scenarios/a.json:2:19: /weights/A: 2 is outside 0…1 (fraction)
          scenarios/base.json:1:22: /annualVolatility: -1 is not above 0 (1/√year)
          scenarios/base.json:2:27: /weights/B: 1.5 is outside 0…1 (fraction)
          """)
    }
  }

  @Test("a few lines that extend each other again and again are refused instead of growing without bound")
  func explosion() {
    var text = "1"
    for _ in 0..<60 { text = "{\"a\": {\"x\": \(text)}, \"b\": {\"extends\": \"a\"}, \"c\": {\"extends\": \"b\"}}" }
    do throws(Problems) {
      let document = try load(["a.json": text])
      #expect(document.problems.contains { $0.message == "what is extended here grows beyond a million values" })
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("paths are relative to the document that names them")
  func paths() {
    #expect(FileContents.path("b.json", relativeTo: "scenarios/a.json") == "scenarios/b.json")
    #expect(FileContents.path("../x/./b.json", relativeTo: "/r/scenarios/a.json") == "/r/x/b.json")
    #expect(FileContents.path("../../b.json", relativeTo: "scenarios/a.json") == "../b.json")
    #expect(FileContents.path("/b.json", relativeTo: "scenarios/a.json") == "/b.json")
  }
}
