import Digests
import Documents
import Lab
import MarketData
import Markets

/// A scenario of recorded bars that are run as they are, from which parts are taken that are scenarios themselves.
///
/// A part has a clock that begins on the day of its first row, the file's rows up to its last and no later ones, and prices that
/// go on where those before it end. Everything else is the scenario's. So nothing that is made of a part can depend on a row
/// after it; its warm-up reaches back before it.
struct RecordedParts {
  private let file: ScenarioFile
  private let record: RecordedHistory
  /// The row of step 0.
  private let firstRow: Int

  /// Nil where the scenario is none of recorded bars that are run as they are.
  init?(_ file: ScenarioFile) {
    guard let rows = file.scenario.movement as? RowMovement, let firstRow = rows.startRow else { return nil }
    self.file = file
    record = rows.record
    self.firstRow = firstRow
  }

  /// When a step's row was recorded, ISO 8601.
  func time(ofStep step: Int) -> String { Timestamp.text(milliseconds: record.time[firstRow + step]) }

  /// SHA-256 of all rows up to the last of a part.
  func digest(upTo steps: Range<Int>) -> String {
    var digest = Digest()
    let rows = 0..<firstRow + steps.upperBound
    record.time[rows].withUnsafeBytes { digest.update($0) }
    for column in record.columns {
      for values in [
        column.gap, column.intraday, column.highBeyond, column.lowBeyond, column.volume, column.close,
      ] {
        values[rows].withUnsafeBytes { digest.update($0) }
      }
    }
    return digest.finish()
  }

  /// Some steps as a scenario.
  ///
  /// - Parameter name: what the part is, for messages.
  /// - Throws: a part that begins in the middle of a day, and what is wrong with the scenario that it makes.
  func part(_ steps: Range<Int>, name: String) throws(Problems) -> ScenarioFile {
    let root = file.document.root
    let (first, last) = (firstRow + steps.lowerBound, firstRow + steps.upperBound - 1)
    guard first == 0 || day(first - 1) < day(first) else {
      throw Problems(
        Problem(
          position: root.position, path: root.path,
          message: "\(name) would begin with the row of \(time(ofStep: steps.lowerBound)), which is not the first of "
            + "its day: the days of the file have not all the same number of rows"))
    }
    let clock = file.scenario.clock
    var changed = root.setting(["clock", "start"], .string(day(first).description))
    changed = changed.setting(
      ["clock", "length"], .string(TradingTime.text(seconds: Double(steps.count) * clock.stepSeconds)))
    changed = changed.setting(["history", "to"], .string(day(last).description))
    let (before, start) = (record.closes(before: first), record.closes(before: firstRow))
    for (index, asset) in file.scenario.assets.enumerated() {
      let price = asset.price * (before[index] / start[index])
      changed = changed.setting(
        ["assets", asset.name, "price"], .number(price, text: JSONWriter.number(price)))
    }
    return try ScenarioFile(file, root: changed, point: [], suffix: name)
  }

  private func day(_ row: Int) -> CalendarDay {
    CalendarDay(daysSince1970: Int(record.time[row]).floorDivided(by: 86_400_000))
  }
}

extension Node {
  /// The tree with a value at some keys, in place of what is there or behind the others; objects are made on the way.
  fileprivate func setting(_ keys: [String], _ content: Content) -> Node {
    guard let key = keys.first else { return Node(content, position: position, path: path) }
    var members = members ?? []
    let index = members.firstIndex { $0.name == key }
    let old = index.map { members[$0].value } ?? Node(.object([]), position: position, path: self.path(to: key))
    let member = Member(
      name: key, position: index.map { members[$0].position } ?? position,
      value: old.setting(Array(keys.dropFirst()), content))
    if let index { members[index] = member } else { members.append(member) }
    return Node(.object(members), position: position, path: path)
  }
}
