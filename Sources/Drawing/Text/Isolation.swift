/// Keeps words that run from right to left from carrying off what stands beside them.
///
/// A page is written from left to right. A number or a name behind a name in Hebrew or Arabic would be drawn on its left, as
/// if it were a part of it: “אבג 12 %” reads as 12 of something before. Each such name is put between the characters that
/// isolate it (U+2068 and U+2069, Unicode Standard Annex 9), wherever it stands: every text of a page and of a drawing
/// passes here when it is written, so nobody who writes a sentence has to think of it.
enum Isolation {
  private static let opening: Unicode.Scalar = "\u{2068}"
  private static let closing: Unicode.Scalar = "\u{2069}"

  /// Whether a byte of UTF-8 may begin a character that is written from right to left, or one that changes direction.
  @inline(__always)
  static func mayConcern(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xD6...0xDF, 0xE0, 0xE2, 0xEF, 0xF0: true
    default: false
    }
  }

  /// The text with each stretch that runs from right to left isolated, and without characters that change the direction of
  /// all that follows: a document could turn sentences around that are none of its own.
  ///
  /// A stretch goes from a letter to a letter over blanks, hyphens, apostrophes and digits; a comma, a dot between names or a
  /// percent sign ends it, so that the names of a list keep their order.
  static func isolated(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isRightToLeft($0) || changesDirection($0) }) else { return text }
    var result = String.UnicodeScalarView()
    // What is part of the stretch if another letter of it follows.
    var waiting: [Unicode.Scalar] = []
    var isInside = false
    for scalar in text.unicodeScalars where !changesDirection(scalar) {
      if isRightToLeft(scalar) {
        if !isInside { result.append(opening) }
        isInside = true
        result.append(contentsOf: waiting)
        waiting = []
        result.append(scalar)
      } else if isInside, joins(scalar) {
        waiting.append(scalar)
      } else {
        if isInside { result.append(closing) }
        isInside = false
        result.append(contentsOf: waiting)
        waiting = []
        result.append(scalar)
      }
    }
    if isInside { result.append(closing) }
    result.append(contentsOf: waiting)
    return String(result)
  }

  /// The blocks of the scripts from right to left, with those that are kept free for further ones.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: !isMark(scalar)
    default: false
    }
  }

  /// Embeddings, overrides and isolates.
  private static func changesDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\u{A0}", "-", "_", "'", "’", "…", "0"..."9": true
    default: isMark(scalar)
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .nonspacingMark }
}
