/// Files that hold no separated values, told by how they begin.
enum ForeignFile {
  private struct Kind {
    let magic: [UInt8]
    var offset = 0
    let what: String
  }

  private static let unpack = "unpack it, and give the CSV inside"
  private static let kinds: [Kind] = [
    Kind(magic: [0x1F, 0x8B], what: "is compressed by gzip: gunzip it, and give the CSV inside"),
    Kind(magic: [0x28, 0xB5, 0x2F, 0xFD], what: "is compressed by zstd: \(unpack)"),
    Kind(magic: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], what: "is compressed by xz: \(unpack)"),
    Kind(magic: Array("BZh".utf8), what: "is compressed by bzip2: \(unpack)"),
    Kind(magic: Array("7z".utf8) + [0xBC, 0xAF], what: "is a 7-Zip archive: \(unpack)"),
    Kind(
      magic: Array("PAR1".utf8),
      what: #"is Parquet: write it as CSV, such as by pandas.read_parquet("FILE").to_csv("FILE.csv")"#),
    Kind(
      magic: Array("ARROW1".utf8),
      what: #"is Arrow or Feather: write it as CSV, such as by pandas.read_feather("FILE").to_csv("FILE.csv")"#),
    Kind(magic: [0x89] + Array("HDF".utf8), what: "is HDF5: write its table as CSV, such as by pandas.read_hdf"),
    Kind(
      magic: [0xD0, 0xCF, 0x11, 0xE0], what: "is a workbook of Excel (xls): save its sheet as CSV, and give that"),
    Kind(magic: Array("SQLite format 3\0".utf8), what: "is an SQLite database: export its table as CSV"),
    Kind(magic: [0x93] + Array("NUMPY".utf8), what: "is an array of NumPy: bars are read from CSV"),
    Kind(magic: Array("%PDF".utf8), what: "is a PDF document: bars are read from CSV"),
    Kind(magic: [0xFF, 0xFE], what: "is UTF-16 text: save it as UTF-8"),
    Kind(magic: [0xFE, 0xFF], what: "is UTF-16 text: save it as UTF-8"),
  ]

  /// What a file is that can't be read as it stands, and what to do; nil for text.
  static func complaint(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: Array("PK".utf8) + [3, 4]) {
      let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
      let isWorkbook = ["[Content_Types].xml", "xl/", "_rels/"].contains { start.contains($0) }
      return isWorkbook
        ? "the file is a workbook of Excel (xlsx): save its sheet as CSV, and give that"
        : "the file is a zip archive: unzip it, and give the CSV inside"
    }
    if let kind = kinds.first(where: { bytes.starts(with: $0.magic) }) { return "the file \(kind.what)" }
    let text = bytes.prefix(512).drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    switch text.first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return "the file is JSON: write its bars as CSV, a row for each"
    case UInt8(ascii: "<"):
      let start = String(decoding: text.prefix(200), as: UTF8.self).lowercased()
      guard ["<!doctype", "<html", "<?xml", "<head"].contains(where: { start.hasPrefix($0) }) else { return nil }
      return "the file is a web page or XML, such as the message of a server that refused: bars are read from CSV"
    default: return nil
    }
  }
}
