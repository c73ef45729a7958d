import Documents
import Testing

struct JSONWriterTests {
  @Test(
    "values are written in their shortest form, keys as given",
    arguments: [
      (.null, "null"), (true, "true"), (.integer(.min), "-9223372036854775808"), (.number(1), "1"),
      (.number(-0.0), "-0"),
      (.number(0.1), "0.1"), (.number(1e300), "1e+300"), (.number(123456789.5), "123456789.5"), (.number(.nan), "null"),
      (.number(-.infinity), "null"), (.string("a\"\\\n\u{1}ü\u{7F}"), #""a\"\\\n\u0001ü\u007f""#),
      (["b": 1, "a": [1, "x", [:]]], #"{"b":1,"a":[1,"x",{}]}"#), (.sorted(["b": 1, "a": nil]), #"{"a":null,"b":1}"#),
    ] as [(JSONValue, String)])
  func compact(value: JSONValue, text: String) {
    #expect(value.text == text)
  }

  @Test("indented text has a member a line and plain arrays on one")
  func indented() {
    let value: JSONValue = ["a": [1, 2], "b": [], "c": [:], "d": [["e": 0.5]]]
    #expect(
      JSONWriter.write(value, indented: true) == """
        {
          "a": [1, 2],
          "b": [],
          "c": {},
          "d": [
            {
              "e": 0.5
            }
          ]
        }

        """)
  }

  @Test("what is written is read back as the same value")
  func roundTrip() throws {
    var generator = TestGenerator(seed: 5)
    func value(_ depth: Int) -> JSONValue {
      switch generator.below(depth > 4 ? 4 : 6) {
      case 0: return .null
      case 1: return .bool(generator.below(2) == 0)
      case 2:
        return .number(Double(bitPattern: UInt64(generator.below(1 << 31)) << 33 | UInt64(generator.below(1 << 31))))
      case 3:
        let scalars = (0..<generator.below(8)).compactMap { _ in Unicode.Scalar(UInt32(generator.below(0x11_0000))) }
        return .string(String(String.UnicodeScalarView(scalars)))
      case 4: return .array((0..<generator.below(4)).map { _ in value(depth + 1) })
      default: return .object((0..<generator.below(4)).map { JSONMember("k\($0)", value(depth + 1)) })
      }
    }
    for _ in 0..<2000 {
      let original = value(0)
      let text = original.text
      let read = try DocumentParser.parse([UInt8](text.utf8), file: "f").root.json
      #expect(read.text == text)
      #expect(JSONWriter.write(read, indented: true) == JSONWriter.write(original, indented: true))
    }
  }
}
