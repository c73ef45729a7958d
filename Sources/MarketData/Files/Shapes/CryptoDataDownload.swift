import Documents

extension BarShape {
  /// CryptoDataDownload: often a banner, two columns of times, volumes in both currencies, newest first.
  static let cryptoDataDownload = BarShape(
    name: "CryptoDataDownload", mark: "columns unix, date and symbol, and volumes named by currency"
  ) { head in
    let volumes = head.first.filter { $0.lowercased().hasPrefix("volume ") }
    guard !volumes.isEmpty, head.plainNames.contains("date"), head.plainNames.contains("symbol") else { return nil }
    var known = Knowledge()
    known.roles[.volume] = volumes[0]
    if let unix = head.first.first(where: { $0.lowercased() == "unix" || $0.lowercased() == "unix timestamp" }) {
      known.roles[.time] = unix
      known.zone = "UTC, by counts since 1970"
      known.proof = disagreement
    }
    let names = volumes
    known.settle = { table, layout, notes in
      guard names.count == 2, let first = layout.fields[.volume], let second = table.header.firstIndex(of: names[1])
      else {
        // One alone may be the money: the symbol begins with what is traded.
        let unit = names[0].split(separator: " ").last.map(String.init) ?? ""
        let isBase = layout.asset.map { table.rowCount > 0 && table.text(0, $0).hasPrefix(unit) } ?? false
        if names.count == 1, isBase { return }
        layout.setVolume(nil)
        notes.append("Nothing proves that \(names[0]) counts what was traded, rather than money: no volume is read.")
        return
      }
      let base = [(first, second), (second, first)].first { isBase($0.0, $0.1, table, layout) }
      guard let base else {
        layout.setVolume(nil)
        notes.append(
          "Neither of \(names[0]) and \(names[1]) is the other at the prices of the bars: no volume is read.")
        return
      }
      layout.setVolume(base.0)
      notes.append("Volume is \(table.header[base.0]); \(table.header[base.1]) is the same in money.")
    }
    return known
  }

  /// Whether one volume times a price of the bar is the other one, in all but a twentieth of the rows.
  private static func isBase(_ base: Int, _ quote: Int, _ table: CSVTable, _ layout: BarLayout) -> Bool {
    guard let high = layout.fields[.high], let low = layout.fields[.low] else { return false }
    var (agree, count) = (0, 0)
    for row in 0..<table.rowCount {
      guard let units = table.number(row, base), let money = table.number(row, quote), units > 0, money > 0,
        let high = table.number(row, high), let low = table.number(row, low)
      else { continue }
      count += 1
      if money / units <= high * 1.01, money / units >= low * 0.99 { agree += 1 }
    }
    return count == 0 || agree * 20 >= count * 19
  }

  /// The first row whose two times are not the same.
  private static func disagreement(_ table: CSVTable, _ layout: BarLayout) -> [Problem] {
    guard let dates = table.header.firstIndex(where: { $0.lowercased() == "date" }), dates != layout.time else {
      return []
    }
    for row in 0..<table.rowCount {
      guard let count = Timestamp.plain(table.field(row, layout.time)) else { continue }
      let field = WrittenCursor(table.field(row, dates)).rest
      let written = WrittenTime(field)
      let said =
        Timestamp.milliseconds(field)
        ?? written.flatMap { time in
          time.day(monthFirst: true).map { Int64($0.daysSince1970) * 86_400_000 + time.timeOfDay - time.offset }
        }
      guard let said else { return [table.problem(row, dates, "\(quoted(table.text(row, dates))) is not a time")] }
      let isDay = field.count <= 10
      let same = isDay ? count - count.quotientAndRemainder(dividingBy: 86_400_000).remainder : count
      if said != same {
        return [
          table.problem(
            row, dates,
            "\(table.text(row, dates)) is not the time \(Timestamp.text(milliseconds: count)) of the column "
              + "\(table.header[layout.time]): delete the wrong column")
        ]
      }
    }
    return []
  }
}
