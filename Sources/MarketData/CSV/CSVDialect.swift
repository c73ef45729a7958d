/// How a table of separated values is written.
package struct CSVDialect: Sendable, Hashable {
  /// What stands between fields: a comma, a semicolon, a tab or a bar.
  package var separator: UInt8
  /// Lines before the table that are none of it, such as a banner.
  package var skippedLines: Int
  /// The names of the columns where the file has no header; nil where its first row has them.
  package var names: [String]?
  /// What the first column is called where the header leaves its name empty; nil where that is a mistake.
  package var namelessFirst: String?

  /// A dialect; of the standard one (RFC 4180) unless said otherwise.
  package init(
    separator: UInt8 = UInt8(ascii: ","), skippedLines: Int = 0, names: [String]? = nil, namelessFirst: String? = nil
  ) {
    self.separator = separator
    self.skippedLines = skippedLines
    self.names = names
    self.namelessFirst = namelessFirst
  }

  /// What stands between fields, in words: `commas`.
  package var separatorName: String {
    switch separator {
    case UInt8(ascii: ";"): "semicolons"
    case UInt8(ascii: "\t"): "tabs"
    case UInt8(ascii: "|"): "bars"
    default: "commas"
    }
  }
}
