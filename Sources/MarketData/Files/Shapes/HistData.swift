import Documents

extension BarShape {
  /// HistData.com's ASCII bars: semicolons, no header, `20120201 000000`, volumes of zero, in Eastern Standard Time all year.
  static let histData = BarShape(
    name: "HistData.com",
    mark: "no header, six columns, mostly between semicolons, times as 20120201 000000, volumes all 0"
  ) { head in
    guard head.isHeaderless, head.first.count == 6,
      let time = WrittenTime(ArraySlice(head.first[0].utf8)), time.style.date == .compact, time.style.time == .compact,
      time.style.joint == 0x20
    else { return nil }
    var known = Knowledge()
    known.names = ["time", "open", "high", "low", "close", "volume"]
    known.hasVolume = false
    known.east = -5 * 3_600_000
    known.zone = "Eastern Standard Time all year (UTC-5), as HistData.com writes it; the file says none"
    known.notes = ["The volumes of HistData.com are all 0 and say nothing: none is read."]
    known.proof = { table, layout in
      for row in 0..<table.rowCount where table.number(row, 5) != 0 {
        return [
          table.problem(
            row, 5,
            "the file looks like one of HistData.com, whose times are Eastern Standard Time and whose volumes are 0, but here "
              + "it is \(table.text(row, 5)): write times in UTC, as 2012-02-01T05:00:00Z, and a first line with the names"
          )
        ]
      }
      return HeaderlessProof.problems(table, layout)
    }
    return known
  }
}
