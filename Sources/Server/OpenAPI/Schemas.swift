import Documents

/// The schemas of what the API answers, by name; a test holds real answers against them.
enum Schemas {
  /// A reference to one.
  static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

  /// A part of a list.
  static func list(of name: String) -> JSONValue {
    object([("items", ["type": "array", "items": reference(name)]), ("next", nullable("string"))])
  }

  /// All, by name.
  static let all: [(name: String, schema: JSONValue)] = [
    ("Error", error), ("Problem", problem), ("DocumentEntry", object(entryMembers)),
    ("Document", object(entryMembers + [("text", text)])), ("Version", version), ("Validation", validation),
    ("Preview", preview), ("Job", job), ("ReportEntry", report), ("AgentVersion", agent), ("Dataset", dataset),
  ]

  /// An object with just these members, all required.
  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    [
      "type": "object", "properties": .object(members.map { JSONMember($0.0, $0.1) }),
      "required": .array(members.map { .string($0.0) }), "additionalProperties": false,
    ]
  }

  /// A type, or null.
  static func nullable(_ type: String) -> JSONValue { ["type": .array([.string(type), "null"])] }

  static let text: JSONValue = ["type": "string"]
  static let whole: JSONValue = ["type": "integer"]
  static let number: JSONValue = ["type": "number"]
  static let boolean: JSONValue = ["type": "boolean"]
  static let texts: JSONValue = ["type": "array", "items": ["type": "string"]]

  private static let error = object([
    (
      "error",
      object([
        ("code", text), ("message", text), ("problems", ["type": "array", "items": reference("Problem")]),
      ])
    )
  ])

  private static let problem = object([
    ("file", text), ("line", whole), ("column", whole), ("path", text), ("message", text),
    ("severity", ["enum": ["error", "warning"]]),
  ])

  private static let entryMembers: [(String, JSONValue)] = [
    ("name", text), ("kind", nullable("string")), ("title", text), ("description", text), ("family", text),
    ("digest", text),
  ]

  private static let version = object([("number", whole), ("saved", text), ("bytes", whole)])

  private static let validation = object([
    ("kind", nullable("string")), ("good", boolean), ("problems", ["type": "array", "items": reference("Problem")]),
  ])

  private static let preview = object([
    ("seconds", number),
    ("charts", ["type": "array", "items": object([("title", text), ("svg", text)])]),
    ("facts", ["type": "array", "items": ["type": "object"]]),
  ])

  private static let job = object([
    ("id", text), ("kind", ["enum": .array(JobKind.allCases.map { .string($0.rawValue) })]), ("title", text),
    ("state", ["enum": .array(JobState.allCases.map { .string($0.rawValue) })]), ("priority", whole), ("created", text),
    ("started", nullable("string")), ("ended", nullable("string")), ("attempts", whole), ("exit", nullable("integer")),
    ("message", nullable("string")), ("output", nullable("string")), ("documents", texts), ("resumable", boolean),
    ("stopping", boolean),
  ])

  private static let report = object([
    ("name", text), ("title", nullable("string")), ("scenarios", texts),
    ("severities", ["type": "array", "items": number]), ("paths", nullable("integer")), ("seed", nullable("string")),
    ("desks", nullable("integer")), ("weakest", nullable("object")), ("verdicts", ["type": ["array", "null"]]),
    ("finished", boolean),
  ])

  private static let agent = object([
    ("name", text), ("version", whole), ("aliases", texts), ("sha256", text), ("added", text),
    ("run", nullable("string")), ("documents", nullable("string")), ("validation", nullable("string")),
  ])

  private static let dataset: JSONValue = [
    "type": "object",
    "required": ["name", "source", "rawRows", "rawBytes", "rawDigest", "isCurrent", "features"],
  ]
}
