extension BarShape {
  /// Dukascopy's bars: `Gmt time` or `Local time`, dates as 31.01.2020, in that order.
  static let dukascopy = BarShape(
    name: "Dukascopy", mark: "a first column named Gmt time or Local time, with dates as 31.01.2020"
  ) { head in
    guard let name = head.plainNames.first, name == "gmt time" || name == "local time",
      let row = head.rows.first, let first = row.first, let time = WrittenTime(ArraySlice(first.utf8)),
      time.style.date == .yearLast(separator: UInt8(ascii: "."))
    else { return nil }
    var known = Knowledge()
    known.isDayFirst = true
    if name == "gmt time" {
      known.zone = "UTC, as the column is named"
    } else {
      known.proof = { table, layout in
        guard table.rowCount > 0, layout.times.style?.zone == WrittenTime.ZoneStyle.none else { return [] }
        return [
          table.problem(
            0, layout.time,
            "the times are local, and no row says by how much that differs from UTC: download the file in GMT, or with offsets"
          )
        ]
      }
    }
    known.notes = ["Dukascopy's volumes are those of its own market."]
    return known
  }
}
