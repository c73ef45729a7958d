import Documents
import MarketData
import Pipeline

/// What was understood of a file of recorded bars, for people and for programs.
struct ImportReport {
  private let file: BarFile
  private let gaps: [Problem]

  /// So many assets, and rows left out, are listed for people.
  private static let listed = 10

  init(_ file: BarFile) {
    self.file = file
    gaps = file.bars.gaps()
  }

  /// Lines for people, not yet escaped.
  var lines: [String] {
    let rows = facts.map { "  \($0.name.padding(10))  \($0.text)" }
    return ["\(file.bars.table.file): \(file.shape.name)"] + rows + [""] + bars
  }

  private var facts: [(name: String, text: String)] {
    let table = file.bars.table
    let thousands = file.thousandsName.map { ", \($0) between thousands" } ?? ""
    var facts = [
      ("fields", "between \(table.dialect.separatorName); decimal \(file.decimalName)\(thousands)"),
      ("header", file.hasHeader ? "names \(table.header.count) columns" : "none; the rows prove the columns"),
    ]
    if let banner = file.banner { facts.append(("banner", banner)) }
    facts += [
      ("order", file.bars.layout.isNewestFirst ? "newest first, turned round" : "oldest first"),
      ("times", file.timeZone),
      ("columns", file.columns.map { "\($0.name) is \($0.role)" }.joined(separator: ", ")),
    ]
    if !file.ignored.isEmpty { facts.append(("not read", file.ignored.joined(separator: ", "))) }
    facts.append(("rows", "\(table.rowCount)"))
    for asset in file.assets.prefix(Self.listed) {
      let name = asset.name.isEmpty ? "one, without a name" : asset.name
      let step = asset.step.map { " of \($0)" } ?? ""
      facts.append(
        ("asset", "\(name): \(asset.bars) bars\(step), \(Self.time(asset.first)) to \(Self.time(asset.last))"))
    }
    if file.assets.count > Self.listed { facts.append(("", "and \(file.assets.count - Self.listed) more assets")) }
    let leftOut = file.bars.leftOut.count
    for left in file.leftOut(atMost: Self.listed) { facts.append(("left out", "line \(left.line): \(left.reason)")) }
    if leftOut > Self.listed { facts.append(("", "and \(leftOut - Self.listed) more rows")) }
    facts += file.notes.map { ("note", $0) }
    if let first = gaps.first {
      let count = gaps.count < CSVTable.maximumProblems ? "\(gaps.count)" : "at least \(gaps.count)"
      facts.append(("gaps", "\(count), the first: \(first)"))
    } else {
      facts.append(("gaps", "none"))
    }
    return facts
  }

  /// Places of the first, a middle and the last bar of the first asset.
  private var places: [Int] {
    let count = file.bars.series[0].count
    return Set([0, count / 2, count - 1]).sorted()
  }

  private var bars: [String] {
    let series = file.bars.series[0]
    let fields = BarField.allCases.filter { !series[$0][0].isNaN }
    var cells = [["time"] + fields.map(\.rawValue)]
    for place in places {
      cells.append([Self.time(series.time[place])] + fields.map { JSONWriter.number(series[$0][place]) })
    }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      let padded = zip(row, widths).enumerated().map { column, cell in
        column == 0 ? cell.0.padding(cell.1) : String(repeating: " ", count: cell.1 - cell.0.count) + cell.0
      }
      return "  " + padded.joined(separator: "  ")
    }
  }

  /// The same for programs.
  ///
  /// - Parameters:
  ///   - place: where its bars were put; nil for nowhere.
  ///   - findings: what the checks found in them there.
  func json(taken place: String?, findings: FindingCounts?) -> JSONValue {
    let table = file.bars.table
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    return .object([
      JSONMember("file", .string(table.file)), JSONMember("shape", .string(file.shape.name)),
      JSONMember("separator", .string(table.dialect.separatorName)), JSONMember("decimal", .string(file.decimalName)),
      JSONMember("thousands", text(file.thousandsName)), JSONMember("header", .bool(file.hasHeader)),
      JSONMember("banner", text(file.banner)), JSONMember("newestFirst", .bool(file.bars.layout.isNewestFirst)),
      JSONMember("timeZone", .string(file.timeZone)),
      JSONMember(
        "columns",
        .array(
          file.columns.map {
            .object([JSONMember("name", .string($0.name)), JSONMember("role", .string($0.role))])
          })),
      JSONMember("ignored", .array(file.ignored.map { .string($0) })),
      JSONMember("order", .array(table.header.map { .string($0) })),
      JSONMember("rows", .number(Double(table.rowCount))),
      JSONMember(
        "assets",
        .array(
          file.assets.map { asset in
            .object([
              JSONMember("name", .string(asset.name)), JSONMember("bars", .number(Double(asset.bars))),
              JSONMember("step", text(asset.step)), JSONMember("first", .string(Self.time(asset.first))),
              JSONMember("last", .string(Self.time(asset.last))),
            ])
          })),
      JSONMember(
        "leftOut",
        .array(
          file.leftOut(atMost: .max).map {
            .object([JSONMember("line", .number(Double($0.line))), JSONMember("reason", .string($0.reason))])
          })),
      JSONMember("notes", .array(file.notes.map { .string($0) })),
      JSONMember("gaps", .array(gaps.map { .string($0.description) })),
      JSONMember("bars", .array(places.map { bar(file.bars.series[0][$0]) })), JSONMember("taken", text(place)),
      JSONMember("findings", findings?.json ?? .null),
    ])
  }

  private func bar(_ bar: Bar) -> JSONValue {
    let numbers = [
      ("open", bar.open), ("high", bar.high), ("low", bar.low), ("close", bar.close), ("volume", bar.volume),
    ]
    return .object(
      [JSONMember("time", .string(Self.time(bar.time)))]
        + numbers.filter { !$0.1.isNaN }.map { JSONMember($0.0, .number($0.1)) })
  }

  private static func time(_ milliseconds: Int64) -> String { Timestamp.text(milliseconds: milliseconds) }
}
