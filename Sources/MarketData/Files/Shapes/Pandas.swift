extension BarShape {
  /// What pandas writes of a table whose index has no name: the first name is empty.
  static let pandas = BarShape(name: "pandas, an index without a name", mark: "a header that begins with an empty name")
  { head in
    guard !head.isHeaderless, head.first.count > 1, head.first[0].isEmpty else { return nil }
    var known = Knowledge()
    known.namelessFirst = "(unnamed)"
    if let row = head.rows.first, let first = row.first, BarFileHead.isTime(first) { known.roles[.time] = "(unnamed)" }
    return known
  }
}
