import Documents

extension OutsidePaths {
  /// Paths from an array of closes of shape (paths, rows) or (paths, rows, assets).
  ///
  /// - Parameter assets: the names of the last axis; nil where there is one asset, which then needs no name.
  /// - Throws: everything that is wrong (the first 20), with indices into the array.
  package init(_ array: NumPyArray, assets: [String]?, file: String) throws(Problems) {
    func refusal(_ message: String) -> Problems {
      Problems(Problem(position: SourcePosition(file: file), message: message))
    }
    let shape = array.shape
    guard shape.count == 2 || shape.count == 3, shape.allSatisfy({ $0 > 0 }) else {
      throw refusal(
        "its shape is \(NumPyArray.text(ofShape: shape)); expected (paths, steps + 1) or (paths, steps + 1, assets)")
    }
    let width = shape.count == 3 ? shape[2] : 1
    if let assets, assets.count != width {
      throw refusal("\"assets\" names \(assets.count) of \(width) asset\(width == 1 ? "" : "s") in it")
    }
    if assets == nil, width > 1 {
      throw refusal(
        "it has \(width) assets, and nothing says which: \"assets\" names them in the order of the last axis")
    }
    var problems: [Problem] = []
    for (place, value) in array.values.enumerated() where !(value > 0 && value.isFinite) {
      guard problems.count < CSVTable.maximumProblems else { break }
      let (row, asset) = place.quotientAndRemainder(dividingBy: width)
      let index = [row / shape[1], row % shape[1]] + (shape.count == 3 ? [asset] : [])
      let text = value.isFinite ? JSONWriter.number(value) : "\(value)"
      let found = value.isFinite ? "\(text) is not above 0" : "\(text) is not a finite number"
      problems.append(Problem(position: SourcePosition(file: file), message: "\(index): \(found)"))
    }
    guard problems.isEmpty else { throw Problems(problems) }
    let count = shape[0] * shape[1]
    self.init(
      file: file, names: [], count: shape[0], assets: assets ?? [""],
      columns: (0..<width).map { asset in
        Columns([.close: width == 1 ? array.values : (0..<count).map { array.values[$0 * width + asset] }])
      })
  }
}
