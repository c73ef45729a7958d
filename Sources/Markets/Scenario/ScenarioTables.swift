import Documents
import MarketData

/// Tables that a scenario names in place of objects: `"assets": {"file": "assets.csv"}` and `"correlations": "pairs.csv"`.
///
/// A table becomes the nodes that it stands for, each with its own line and column there, before the document is read. So
/// forms, ranges, sources, grids and what extends the document see no difference, and the file belongs to the document's files.
struct ScenarioTables {
  /// What `file` and `every` mean beside each other.
  static let file =
    "table with a row for each asset: its name, and a column for each key, such as process/annualVolatility"
  static let every = "what holds of every asset whose row does not say it"

  private let contents: FileContents.Reader
  private var files: [Document.SourceFile] = []
  private var problems: [Problem] = []

  /// A document with its tables in their places.
  static func filledIn(_ document: Document, _ contents: @escaping FileContents.Reader) -> Document {
    var tables = ScenarioTables(contents: contents)
    let root = tables.root(document.root)
    guard !tables.files.isEmpty || !tables.problems.isEmpty else { return document }
    return Document(
      root: root, files: document.files + tables.files, problems: document.problems + tables.problems)
  }

  private init(contents: @escaping FileContents.Reader) { self.contents = contents }

  private mutating func root(_ root: Node) -> Node {
    var root = root
    if let assets = root["assets"], assets["file"]?.string != nil {
      root = root.replacing("assets", self.assets(assets))
    }
    if let dependence = root["dependence"], let link = dependence["correlations"], link.string != nil {
      root = root.replacing("dependence", dependence.replacing("correlations", correlations(link)))
    }
    return root
  }

  // MARK: Assets

  /// What may stand beside the file of assets.
  private static let keys = ["file", "every"]

  /// An asset for each row, over what holds of every one.
  private mutating func assets(_ node: Node) -> Node {
    let nothing = Node(.invalid, position: node.position, path: node.path)
    for member in node.members ?? [] where !Self.keys.contains(member.name) {
      problems.append(
        Problem(
          position: member.position, path: node.path(to: member.name),
          message: "unknown key \(quoted(member.name)) beside \"file\"; known: \(Self.keys.joined(separator: ", "))"))
    }
    guard let link = node["file"], let table = table(link) else { return nothing }
    guard let name = column("name", of: table) else { return nothing }
    let before = problems.count
    var paths: [(column: Int, keys: [String])] = []
    for (column, header) in table.header.enumerated() where column != name {
      let keys = header.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if keys.contains("") {
        note(table, "the column \(quoted(header)) is no key of an asset, such as \"process/annualVolatility\"")
      } else if let other = paths.first(where: { $0.keys.starts(with: keys) || keys.starts(with: $0.keys) }) {
        note(table, "the columns \(quoted(table.header[other.column])) and \(quoted(header)) say the same")
      } else {
        paths.append((column, keys))
      }
    }
    if table.rowCount == 0 { note(table, "the table has no asset") }
    guard problems.count == before else { return nothing }
    let every = node["every"] ?? Node(.object([]), position: node.position, path: node.path(to: "every"))
    var members: [Node.Member] = []
    var lines: [String: Int] = [:]
    for row in 0..<table.rowCount where problems.count < CSVTable.maximumProblems {
      let text = trimmed(table.text(row, name))
      let place = table.problem(row, name, "").position
      if let line = lines.updateValue(place.line, forKey: text) {
        problems.append(table.problem(row, name, "\(quoted(text)) stands in line \(line) already"))
        continue
      }
      let path = node.path(to: text)
      var asset = Node(.object([]), position: place, path: path)
      for (column, keys) in paths {
        guard let cell = cell(table, row, column, path + keys.map { "/" + JSONPointer.escape($0) }.joined()) else {
          continue
        }
        asset = asset.setting(keys[...], cell)
      }
      members.append(Node.Member(name: text, position: place, value: asset.filled(from: every)))
    }
    return Node(.object(members), position: node.position, path: node.path)
  }

  /// What a cell holds: a number where it is one, else a text; nil where it is empty.
  private func cell(_ table: CSVTable, _ row: Int, _ column: Int, _ path: String) -> Node? {
    let text = trimmed(table.text(row, column))
    guard !text.isEmpty else { return nil }
    let position = table.problem(row, column, "").position
    if let number = table.number(row, column) {
      return Node(.number(number, text: text), position: position, path: path)
    }
    switch text {
    case "true", "false": return Node(.bool(text == "true"), position: position, path: path)
    default: return Node(.string(text), position: position, path: path)
    }
  }

  // MARK: Correlations

  /// Pairs with their correlations, from a list or a matrix.
  private mutating func correlations(_ link: Node) -> Node {
    let nothing = Node(.invalid, position: link.position, path: link.path)
    guard let table = table(link) else { return nothing }
    let before = problems.count
    let isList = table.header.contains("first") && table.header.contains("second")
    let members = isList ? pairs(table, link) : matrix(table, link)
    return problems.count == before ? Node(.object(members), position: link.position, path: link.path) : nothing
  }

  /// A list with the columns `first`, `second` and `correlation`.
  private mutating func pairs(_ table: CSVTable, _ link: Node) -> [Node.Member] {
    guard let first = column("first", of: table), let second = column("second", of: table),
      let value = column("correlation", of: table)
    else { return [] }
    for name in table.header where !["first", "second", "correlation"].contains(name) {
      note(table, "unknown column \(quoted(name)); known: first, second, correlation")
    }
    var members: [Node.Member] = []
    var known: [AssetPair: Int] = [:]
    for row in 0..<table.rowCount where problems.count < CSVTable.maximumProblems {
      let pair = AssetPair(trimmed(table.text(row, first)), trimmed(table.text(row, second)))
      let place = table.problem(row, first, "").position
      if let line = known.updateValue(place.line, forKey: pair) {
        problems.append(
          table.problem(row, first, "\(quoted("\(pair.first)/\(pair.second)")) stands in line \(line) already"))
      } else if let number = number(table, row, value, link, pair) {
        members.append(Node.Member(name: "\(pair.first)/\(pair.second)", position: place, value: number))
      }
    }
    return members
  }

  /// A square: the first column has the names of the assets, and each has a column; the diagonal is 1 and both halves agree, or
  /// one of them is empty.
  private mutating func matrix(_ table: CSVTable, _ link: Node) -> [Node.Member] {
    let names = table.header.dropFirst().map { trimmed($0) }
    if Set(names).count < names.count { note(table, "two columns have the same name") }
    guard !names.isEmpty, table.rowCount == names.count else {
      note(
        table,
        "expected the columns first, second and correlation, or a row for each of the \(names.count) columns of a matrix; "
          + "found \(table.rowCount) rows")
      return []
    }
    var members: [Node.Member] = []
    var cells: [AssetPair: (value: Double, row: Int, column: Int)] = [:]
    for row in 0..<table.rowCount where problems.count < CSVTable.maximumProblems {
      let name = trimmed(table.text(row, 0))
      if name != names[row] {
        problems.append(
          table.problem(
            row, 0, "expected \(quoted(names[row])), the row of the column at this place, found \(quoted(name))"))
        continue
      }
      for (index, other) in names.enumerated() {
        let column = index + 1
        if trimmed(table.text(row, column)).isEmpty { continue }
        let pair = AssetPair(name, other)
        guard let node = number(table, row, column, link, pair), let value = node.number else { continue }
        if index == row {
          if value != 1 {
            problems.append(
              table.problem(row, column, "an asset's correlation with itself is 1, not \(JSONWriter.number(value))"))
          }
        } else if let (mirrored, otherRow, otherColumn) = cells[pair] {
          if mirrored != value {
            let place = table.problem(otherRow, otherColumn, "").position
            problems.append(
              table.problem(
                row, column,
                "\(JSONWriter.number(value)) is not the \(JSONWriter.number(mirrored)) of line \(place.line): a matrix of correlations is symmetric"
              ))
          }
        } else {
          cells[pair] = (value, row, column)
          let place = table.problem(row, column, "").position
          members.append(Node.Member(name: "\(pair.first)/\(pair.second)", position: place, value: node))
        }
      }
    }
    return members
  }

  private mutating func number(_ table: CSVTable, _ row: Int, _ column: Int, _ link: Node, _ pair: AssetPair) -> Node? {
    guard let value = table.number(row, column) else {
      problems.append(table.missingNumber(row, column))
      return nil
    }
    return Node(
      .number(value, text: table.text(row, column)), position: table.problem(row, column, "").position,
      path: link.path(to: "\(pair.first)/\(pair.second)"))
  }

  // MARK: Files

  /// The table that a node names; nil after a problem.
  private mutating func table(_ link: Node) -> CSVTable? {
    let reading = Reading()
    defer { problems += reading.problems }
    guard let path = FieldKind<String>.filePath.read(link, reading) else { return nil }
    do throws(Problems) {
      let bytes = try FileContents.needed(path, contents)
      files.append(Document.SourceFile(path: path, bytes: bytes))
      let table = try CSVTable(bytes, file: path)
      // No scenario has as many assets, keys or pairs; the place of each field is looked for from the file's beginning.
      guard table.rowCount <= 2048, table.header.count <= 256 else {
        note(table, "\(table.rowCount) rows of \(table.header.count) columns are more than 2048 of 256")
        return nil
      }
      return table
    } catch {
      reading.report(error, ofFileAt: link)
      return nil
    }
  }

  private mutating func column(_ name: String, of table: CSVTable) -> Int? {
    do throws(Problems) {
      return try table.column(name)
    } catch {
      problems += error.all
      return nil
    }
  }

  private mutating func note(_ table: CSVTable, _ message: String) {
    problems.append(Problem(position: SourcePosition(file: table.file, line: 1, column: 1), message: message))
  }

  private func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}

extension Node {
  /// The object with another value of a member that it has.
  fileprivate func replacing(_ name: String, _ value: Node) -> Node {
    let members = (members ?? []).map {
      $0.name == name ? Member(name: name, position: $0.position, value: value) : $0
    }
    return Node(.object(members), position: position, path: path)
  }

  /// The object with a value at a path below it, through objects that are made where there are none.
  fileprivate func setting(_ keys: ArraySlice<String>, _ value: Node) -> Node {
    guard let key = keys.first else { return value }
    let below =
      self[key]
      ?? Node(.object([]), position: value.position, path: path(to: key))
    let next = below.setting(keys.dropFirst(), value)
    guard self[key] == nil else { return replacing(key, next) }
    return Node(
      .object((members ?? []) + [Member(name: key, position: value.position, value: next)]), position: position,
      path: path)
  }

  /// The object with what it lacks from another one, object by object.
  fileprivate func filled(from other: Node) -> Node {
    guard let members, let others = other.members else { return self }
    if let model = self["model"]?.string, let otherModel = other["model"]?.string, model != otherModel { return self }
    var result = others.map { member in
      self[member.name].map { Member(name: member.name, position: $0.position, value: $0.filled(from: member.value)) }
        ?? member
    }
    result += members.filter { other[$0.name] == nil }
    return Node(.object(result), position: position, path: path)
  }
}
