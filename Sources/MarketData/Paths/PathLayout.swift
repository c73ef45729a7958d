import Documents

/// Where the columns of paths stand in a table.
struct PathLayout {
  let path: Int
  let time: Int
  let asset: Int?
  /// The columns that the file has, in the order of `PathField`.
  let fields: [(field: PathField, column: Int)]

  /// Where columns of given names stand.
  ///
  /// - Throws: the names that the table does not have, each with the nearest one; highs and lows without opens.
  init(_ columns: PathColumns, in table: CSVTable) throws(Problems) {
    var problems: [Problem] = []
    func find(_ name: String) -> Int {
      do throws(Problems) {
        return try table.column(name)
      } catch {
        problems += error.all
        return 0
      }
    }
    path = find(columns.path)
    time = find(columns.time)
    asset = columns.asset.map(find)
    var fields: [(field: PathField, column: Int)] = []
    for field in PathField.allCases {
      let name = field == .close ? columns.close : columns.others[field]
      if let column = name.map(find) ?? table.header.firstIndex(of: field.rawValue) { fields.append((field, column)) }
    }
    if !fields.contains(where: { $0.field == .open }) {
      for (field, column) in fields where field == .high || field == .low {
        problems.append(
          Problem(
            position: SourcePosition(file: table.file, line: 1, column: 1),
            message:
              "the column \(quoted(table.header[column])) needs one of opens: without it a row opens at the close "
              + "before it, which may lie beyond"))
      }
    }
    self.fields = fields
    if !problems.isEmpty { throw Problems(problems) }
  }
}
