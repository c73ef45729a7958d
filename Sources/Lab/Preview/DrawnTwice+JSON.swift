import Documents
import Statistics

extension DrawnTwice {
  /// Every number, with how far apart both are.
  package var json: JSONValue {
    .object([
      JSONMember("paths", .number(Double(paths))), JSONMember("severity", .number(severity)),
      JSONMember("comparisons", .number(Double(comparisons))), JSONMember("falseAlarms", .number(Self.falseAlarms)),
      JSONMember("probability", furthest.map { .number($0.corrected) } ?? .null),
      JSONMember("notes", .array(notes.map { .string($0) })), JSONMember("rows", .array(rows.map(Self.json))),
    ])
  }

  private static func json(_ row: Row) -> JSONValue {
    let names: [TwoSamples.Figure: String] = [
      .mean: "mean", .deviation: "standardDeviation", .low: "quantile1", .median: "median", .high: "quantile99",
    ]
    let figures = row.differences.map { figure, difference in
      JSONMember(
        names[figure] ?? "",
        .object([
          JSONMember("philox", .number(difference.first)), JSONMember("gsl", .number(difference.second)),
          JSONMember("standardErrors", .number(difference.standardErrors)),
        ]))
    }
    return .object(
      [
        JSONMember("assets", .array(row.assets.map { .string($0) })),
        JSONMember("figure", .string(row.figure.rawValue)), JSONMember("text", .string(row.figure.text)),
      ] + figures + [
        JSONMember("distance", .number(row.samples.distance)),
        JSONMember("probability", .number(row.samples.probability)),
      ])
  }
}
