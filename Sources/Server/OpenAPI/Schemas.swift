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
  static let all: [(name: String, schema: JSONValue)] =
    [
      ("Error", error), ("Problem", problem), ("DocumentEntry", object(entryMembers)),
      ("Document", object(entryMembers + [("text", text)])), ("Version", version), ("Validation", validation),
      ("Preview", preview), ("Job", job), ("ReportEntry", report), ("AgentVersion", agent),
      ("AgentDetails", agentDetails), ("RunRecord", run), ("Dataset", dataset), ("Drift", drift),
    ] + MonitorSchemas.all

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

  private static let agentMembers: [(String, JSONValue)] = [
    ("name", text), ("version", whole), ("aliases", texts), ("sha256", text), ("weights", text), ("folder", text),
    ("added", text), ("run", nullable("string")), ("documents", nullable("string")), ("validation", nullable("string")),
  ]

  private static let agent = object(agentMembers)

  private static func objects(_ members: [(String, JSONValue)]) -> JSONValue {
    ["type": "array", "items": object(members)]
  }

  private static let agentDetails = object(
    agentMembers + [
      ("trainedOn", objects([("source", text), ("sha256", text), ("context", text)])),
      (
        "results",
        objects([
          ("run", text), ("study", text), ("desk", text), ("survival", nullable("number")),
          ("low", nullable("number")), ("high", nullable("number")),
        ])
      ),
      (
        "checks",
        objects([("study", text), ("champion", whole), ("time", text), ("isWorse", boolean), ("verdict", text)])
      ),
      ("decisions", objects([("alias", text), ("time", text), ("isForced", boolean), ("reason", text)])),
    ])

  private static let run: JSONValue = [
    "type": "object",
    "required": [
      "run", "kind", "name", "status", "parent", "began", "ended", "parameters", "tags", "metrics", "datasets",
      "artefacts",
    ],
  ]

  private static let stretch = object([("bars", whole), ("first", text), ("last", text)])

  private static let drift = object([
    ("asset", text), ("newest", stretch), ("reference", stretch),
    (
      "quantities",
      objects([
        ("quantity", text), ("verdict", ["enum": ["drifted", "maybe", "none", "unknown"]]), ("words", text),
        ("distance", nullable("number")), ("probability", nullable("number")), ("adjusted", nullable("number")),
        ("probabilityOfIndependent", nullable("number")), ("shareOfStretches", nullable("number")),
        ("block", nullable("number")),
        (
          "quantiles",
          objects([
            ("level", number), ("reference", number), ("newest", number),
            ("usualLow", nullable("number")), ("usualHigh", nullable("number")), ("isUnusual", boolean),
          ])
        ),
      ])
    ),
  ])

  private static let dataset: JSONValue = [
    "type": "object",
    "required": ["name", "source", "rawRows", "rawBytes", "rawFiles", "rawDigest", "isCurrent", "features"],
  ]
}
