import Documents

/// The schemas of what the API answers about monitors, by name.
enum MonitorSchemas {
  /// All, by name.
  static let all: [(name: String, schema: JSONValue)] = [
    ("Monitor", monitor),
    ("MonitorEntry", Schemas.object([("name", Schemas.text), ("monitor", reference("Monitor"))])),
    ("MonitorState", state),
  ]

  private static func reference(_ name: String) -> JSONValue { Schemas.reference(name) }
  private static func orNull(_ schema: JSONValue) -> JSONValue { ["oneOf": [["type": "null"], schema]] }
  private static func list(_ schema: JSONValue) -> JSONValue { ["type": "array", "items": schema] }
  private static var figure: JSONValue { Schemas.nullable("number") }

  private static let monitor: JSONValue = [
    "type": "object", "required": ["agent", "study", "risk", "data", "window", "warmup", "alarmBars"],
    "additionalProperties": false,
    "properties": [
      "agent": Schemas.text, "study": Schemas.text, "risk": Schemas.text, "data": Schemas.text, "asset": Schemas.text,
      "base": Schemas.text, "window": Schemas.whole, "warmup": Schemas.whole, "alarmBars": Schemas.whole,
      "reference": Schemas.text, "pollSeconds": Schemas.whole, "exchange": Schemas.text, "market": Schemas.text,
      "step": Schemas.text,
    ],
  ]

  private static let step = Schemas.object([
    ("time", Schemas.text), ("seconds", Schemas.number), ("close", Schemas.number), ("quantity", Schemas.number),
    ("exposure", Schemas.number), ("equity", Schemas.number), ("equityRatio", Schemas.number), ("wanted", figure),
    ("target", figure), ("boundBy", Schemas.texts), ("marginBound", Schemas.boolean), ("traded", Schemas.number),
  ])

  private static let paper = Schemas.object([
    ("asset", Schemas.text), ("agent", Schemas.text), ("risk", Schemas.text), ("rules", Schemas.texts),
    ("startEquity", Schemas.number), ("drawdown", Schemas.number), ("ruin", Schemas.nullable("string")),
    ("costs", ["type": "object", "additionalProperties": Schemas.number]), ("steps", list(step)),
  ])

  private static let verdict = Schemas.object([
    ("study", Schemas.text), ("report", Schemas.nullable("string")), ("time", Schemas.nullable("string")),
    ("byBytes", Schemas.boolean),
    (
      "desks",
      list(Schemas.object([("market", Schemas.text), ("survival", figure), ("low", figure), ("high", figure)]))
    ),
  ])

  private static let market = Schemas.object([
    ("reference", Schemas.text), ("isTraining", Schemas.boolean), ("bars", Schemas.whole), ("windows", Schemas.whole),
    ("falseAlarmRate", Schemas.number),
    (
      "measures",
      list(
        Schemas.object([
          ("measure", ["enum": .array(WindowMeasure.allCases.map { .string($0.rawValue) })]),
          ("value", Schemas.number), ("low", Schemas.number), ("middle", Schemas.number), ("high", Schemas.number),
          ("p", Schemas.number), ("level", Schemas.number), ("isAlarm", Schemas.boolean),
        ]))
    ),
  ])

  private static let state = Schemas.object([
    ("name", Schemas.text), ("paperOnly", ["const": true]), ("words", Schemas.text), ("monitor", reference("Monitor")),
    ("looked", Schemas.text), ("newest", Schemas.nullable("string")), ("version", Schemas.nullable("string")),
    ("paper", orNull(paper)),
    (
      "limits",
      list(
        Schemas.object([
          ("name", Schemas.text), ("model", Schemas.text), ("boundLast", Schemas.boolean), ("bound", Schemas.whole),
          ("asked", Schemas.whole), ("used", figure), ("limit", figure),
        ]))
    ),
    (
      "terms",
      orNull(
        Schemas.object([
          ("initialMargin", Schemas.number), ("maintenanceMargin", Schemas.number), ("words", Schemas.text),
        ]))
    ), ("verdict", orNull(verdict)), ("market", orNull(market)),
    (
      "alarms",
      list(
        Schemas.object([
          ("kind", ["enum": .array(MonitorAlarm.Kind.allCases.map { .string($0.rawValue) })]), ("words", Schemas.text),
        ]))
    ), ("notes", Schemas.texts),
  ])
}
