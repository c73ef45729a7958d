import Documents
import Foundation
import Testing

/// The problems of a text, one a line; empty when it is sound.
private func complaints(_ bytes: [UInt8]) -> [String] {
  do throws(Problems) {
    return try DocumentParser.parse(bytes, file: "f").problems.map(\.description)
  } catch {
    return error.all.map(\.description)
  }
}

struct DocumentParserTests {
  /// Texts that are sound, and texts that are not, for Python's json to agree on.
  static let texts: [String] = [
    "null", "true", "false", "0", "-0", "1", "-1.5", "1e3", "1E+3", "1e-3", "0.1", "123456789012345678901234567890",
    "1.7976931348623157e308", "4.9e-324", "1e-400", "5e-324", "0e0", "0.0e-0", "\"\"", "\"a\"", "\"ü€😀\"",
    #""\u00fc\u20AC\ud83d\ude00""#, #""\"\\\/\b\f\n\r\t""#, "\"\u{7F}\u{2028}\"", "[]", "[1]", "[1, 2, [3, []]]", "{}",
    #"{"a": 1}"#, #"{"a": {"b": [{}]}, "c": null}"#, #"{"": ""}"#, " \t\r\n[ \t\r\n1 ,\n2 ]\r", "\u{FEFF}[1]",
    #"{"a/b": 1, "a~b": 2}"#, "[true,false,null]", "\"\\u0000\"", "1.0", "100000000000000000000000", "[[[[[[[[]]]]]]]]",
    "", " ", "nul", "True", "None", "NaN", "Infinity", "-Infinity", "+1", "01", "-", "-01", "1.", ".5", "1e", "1e+",
    "1.e3", "0x10", "1_000", "1,5", "1 2", "[1,]", "[,1]", "[1 2]", "[", "]", "[1", "[1,", "{", "}", "{\"a\"}",
    "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{1:2}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "'a'", "\"a",
    "\"a\nb\"",
    "\"\t\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    "\"\\ud800\\ud800\\udc00\"", "1e999", "-1e999", "// a\n1", "/* a */ 1", "# a", "1 // a", "{\"a\":1,\"a\":2}",
    "\u{A0}1", "\u{C}1",
    "[1]]", "{}{}", "\"a\" \"b\"", "tru", "truee", "nullx", "[\"a\",\"b\"", "{\"a\":[}", "[{]}", "\\", "\u{0}",
    "1\u{0}",
    String(repeating: "[", count: 128) + String(repeating: "]", count: 128),
    String(repeating: "[", count: 129) + String(repeating: "]", count: 129),
    String(repeating: "{\"a\":", count: 128) + "1" + String(repeating: "}", count: 128),
    String(repeating: "9", count: 308), String(repeating: "9", count: 310),
    "0." + String(repeating: "0", count: 400) + "1",
  ]

  /// Bytes that are not all UTF-8.
  static let rawTexts: [[UInt8]] = [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    [0x22, 0xE2, 0x82, 0x22], [0x22, 0xC3], [0x80], [0xFE, 0xFF, 0x00, 0x31], [0x22, 0xF4, 0x8F, 0xBF, 0xBF, 0x22],
  ]

  /// What Python thinks: json, and the rules that we add (no duplicate keys, whole surrogate pairs, finite numbers, at
  /// most 128 levels). Prints the numbers of the texts on which it does not agree with what we made of them.
  static let referee = """
    import sys, json, base64, unicodedata
    def refuse(x): raise ValueError(x)
    def pairs(p):
        keys = [unicodedata.normalize('NFC', k) for k, _ in p]
        if len(set(keys)) < len(keys): raise ValueError('duplicate')
        return dict(p)
    def check(v, depth):
        if isinstance(v, (list, dict)) and depth == 128: raise ValueError('depth')
        if isinstance(v, float) and v in (float('inf'), float('-inf')): raise ValueError('range')
        if isinstance(v, str): v.encode('utf-8')
        if isinstance(v, list): [check(e, depth + 1) for e in v]
        if isinstance(v, dict): [(k.encode('utf-8'), check(e, depth + 1)) for k, e in v.items()]
        return v
    def load(text, strict):
        return check(json.loads(text, parse_int=float, parse_constant=refuse, object_pairs_hook=pairs), 0)
    for number, line in enumerate(sys.stdin):
        text, accepted, written = (line.rstrip('\\n').split(' ') + [''])[:3]
        raw = base64.b64decode(text)
        try: value, sound = load(raw.decode('utf-8-sig'), True), True
        except (ValueError, RecursionError): value, sound = None, False
        same = not sound or repr(value) == repr(load(base64.b64decode(written).decode('utf-8'), True)) if accepted == '1' else True
        if sound != (accepted == '1') or not same: print(number, raw, sound, value)
    """

  /// Lets Python judge what we make of texts; returns its objections.
  private func objections(to texts: [[UInt8]]) throws -> String {
    var input = ""
    for text in texts {
      let parsed = try? DocumentParser.parse(text, file: "f")
      let written = parsed.flatMap { $0.problems.isEmpty ? $0.root.json.text : nil }
      input += Data(text).base64EncodedString()
      input += written.map { " 1 \(Data($0.utf8).base64EncodedString())\n" } ?? " 0 \n"
    }
    return try Python.run(Self.referee, input: [UInt8](input.utf8))
  }

  @Test("what is read and what is refused agrees with Python's json", .enabled(if: Python.has("json"), "no python3"))
  func agreesWithPython() throws {
    let objections = try objections(to: Self.texts.map { [UInt8]($0.utf8) } + Self.rawTexts)
    #expect(objections == "")
  }

  /// Documents with many kinds of values, broken a little at random.
  private static func mutations(seed: UInt64) -> some Sequence<[UInt8]> {
    let seeds = [
      #"{"clock": {"step": "1m", "length": 1.5e3}, "list": [1, -2.0, true, null, "\u00fc\ud83d\ude00"], "e": {}}"#,
      "[[\"a\\\\\\\"\", 0.1e-5], {\"x/y\": {\"~\": [[], {}]}}, \"€\", 123456789]\r\n",
    ].map { [UInt8]($0.utf8) }
    let alphabet =
      [UInt8]("{}[]\",:\\/ntu0189dDeE+-. \n\rtruefalsnl'#".utf8) + [0, 0x1F, 0x80, 0xC3, 0xE2, 0xED, 0xF4, 0xFF]
    var generator = TestGenerator(seed: seed)
    return sequence(state: ()) { _ -> [UInt8]? in
      var bytes = seeds[generator.below(seeds.count)]
      for _ in 0...generator.below(3) {
        let place = generator.below(bytes.count + 1)
        switch generator.below(5) {
        case 0 where place < bytes.count: bytes[place] = alphabet[generator.below(alphabet.count)]
        case 1 where place < bytes.count: bytes.remove(at: place)
        case 2 where place < bytes.count: bytes.removeSubrange(place..<min(bytes.count, place + generator.below(8)))
        case 3 where place < bytes.count:
          bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + generator.below(12))], at: place)
        default: bytes.insert(alphabet[generator.below(alphabet.count)], at: place)
        }
      }
      return bytes
    }
  }

  @Test("20,000 broken documents are judged as by Python's json", .enabled(if: Python.has("json"), "no python3"))
  func mutationsAgreeWithPython() throws {
    let objections = try objections(to: Array(Self.mutations(seed: 20_240_103).prefix(20_000)))
    #expect(objections == "")
  }

  @Test("no mutation of 100,000 makes the parser, the merging or a form trap, and every refusal has its place")
  func mutationsNeverTrap() {
    for bytes in Self.mutations(seed: 2).prefix(100_000) {
      do throws(Problems) {
        let document = try DocumentLoader { _ in bytes }.load(bytes, file: "f")
        _ = try Toy.form.read(document)
      } catch {
        let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
        #expect(error.all.allSatisfy { (1...lines).contains($0.position.line) && $0.position.column > 0 })
      }
    }
  }

  @Test(
    "each mistake in the syntax has its message and its place",
    arguments: [
      ("", "f:1:1: the document is empty"),
      (" \n ", "f:2:2: the document is empty"),
      ("{\"a\": }", "f:1:7: /a: expected a value, found \"}\""),
      ("{\"a\": 1,}", "f:1:8: a comma must not stand before \"}\""),
      ("[1, 2,\n]", "f:1:6: a comma must not stand before \"]\""),
      ("[1 2]", "f:1:4: expected \",\" or \"]\", found \"2\""),
      ("{\"a\": 1 \"b\": 2}", "f:1:9: expected \",\" or \"}\", found \"\\\"\""),
      ("{\"a\" 1}", "f:1:6: expected \":\" after the key \"a\", found \"1\""),
      ("{a: 1}", "f:1:2: expected a key in double quotes, found \"a\""),
      ("{\"a\": 1", "f:1:8: expected \",\" or \"}\", found the end of the document"),
      ("[", "f:1:2: /0: the document ends where a value should be"),
      ("[1] x", "f:1:5: expected the end of the document, found \"x\""),
      ("[NaN]", "f:1:2: /0: NaN is not a number in JSON"),
      ("[-Infinity]", "f:1:2: /0: -Infinity is not a number in JSON"),
      ("[True]", "f:1:2: /0: unknown word \"True\"; did you mean true?"),
      ("[None]", "f:1:2: /0: unknown word \"None\"; did you mean null?"),
      ("[gbm]", "f:1:2: /0: unknown word \"gbm\"; strings stand in double quotes"),
      ("['a']", "f:1:2: /0: strings stand in double quotes, found \"'\""),
      ("[1, // one\n2]", "f:1:5: /1: expected a value, found \"/\"; JSON has no comments"),
      ("[01]", "f:1:2: /0: a number must not start with a superfluous 0"),
      ("[+1]", "f:1:2: /0: a number must not start with \"+\""),
      ("[.5]", "f:1:2: /0: a number must have a digit before the decimal point"),
      ("[1.]", "f:1:4: /0: expected a digit after the decimal point, found \"]\""),
      ("[1e]", "f:1:4: /0: expected a digit in the exponent, found \"]\""),
      ("[-]", "f:1:3: /0: expected a digit after \"-\", found \"]\""),
      ("[1e999]", "f:1:2: /0: 1e999 is beyond the range of numbers (about ±1.8e308)"),
      ("[\"a]", "f:1:2: /0: the string that starts here has no end"),
      ("[\"a\n\"]", "f:1:4: /0: a line break in a string; write \\n, or close the string"),
      ("[\"a\u{1}\"]", "f:1:4: /0: the control character U+0001 in a string"),
      ("[\"\\x\"]", "f:1:3: /0: unknown escape: a backslash before \"x\"; write \\\\ for a backslash"),
      ("[\"\\u12\"]", "f:1:7: /0: expected four hexadecimal digits after \\u, found \"\\\"\""),
      ("[\"\\ud800\"]", "f:1:3: /0: a lone surrogate is not a character; write both halves of the pair"),
      ("{\"a\": 1,\n \"b\": {\"x/y\": 2, \"x/y\": 3}}", "f:2:18: /b/x~1y: duplicate key \"x/y\", first on line 2"),
      ("\"äöü😀\" x", "f:1:8: expected the end of the document, found \"x\""),
      ("[1,\r\n 2,\r 3,\n x]", "f:4:2: /3: unknown word \"x\"; strings stand in double quotes"),
      (
        String(repeating: "[", count: 200),
        "f:1:129: \(String(repeating: "/0", count: 128)): nested more than 128 levels deep"
      ),
    ])
  func messages(text: String, message: String) {
    #expect(complaints([UInt8](text.utf8)) == [message])
  }

  @Test("bytes that are no UTF-8 are named with their place")
  func encoding() {
    #expect(complaints([UInt8]("[\n\"ä".utf8) + [0xFF, 0x22, 0x5D]) == ["f:2:3: the byte 0xFF is not UTF-8"])
  }

  @Test("every node knows its line, column and pointer")
  func places() throws {
    let text = "{\n  \"a\": [1,\n    {\"ü/x\": true}],\n \"b\": null }"
    let root = try DocumentParser.parse([UInt8](text.utf8), file: "f").root
    let node = try #require(root.node(at: "/a/1/ü~1x"))
    #expect(node.position == SourcePosition(file: "f", line: 3, column: 13))
    #expect(node.path == "/a/1/ü~1x")
    #expect(root["b"]?.position == SourcePosition(file: "f", line: 4, column: 7))
    #expect(root.members?.map(\.position.column) == [3, 2])
    #expect(root.node(at: "/a/2") == nil && root.node(at: "/c") == nil && root.node(at: "")?.path == "")
  }

  @Test("problems that do not end the reading are told together, in the order of their places")
  func together() {
    let text = "{\"b\": \"\\udc00\",\n \"a\": 1e400, \"b\": 2}"
    #expect(complaints([UInt8](text.utf8)).count == 3)
  }
}
