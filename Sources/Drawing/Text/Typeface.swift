/// How wide characters are in the faces that a drawing may meet.
package enum Typeface: Sendable {
  /// A common sans-serif face: for labels, which keep a little room around them.
  case common
  /// The widest face that the style sheet's list may come to: DejaVu Sans, which `system-ui` is on many a Linux. For text
  /// that must not be cut.
  case widest
  /// The same in bold.
  case widestBold

  /// The width of a character in ems.
  func width(_ scalar: Unicode.Scalar) -> Double {
    switch self {
    case .common: Typeface.common(scalar)
    case .widest: Typeface.measured(scalar, Typeface.regular, other: 0.91)
    case .widestBold: Typeface.measured(scalar, Typeface.bold, other: 1.02)
    }
  }

  private static func common(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", "·": 0.3
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-": 0.38
    case "m", "w", "M", "W", "%", "@", "—": 0.9
    case "A"..."Z": 0.7
    default: scalar.value < 0x2E80 ? 0.6 : 1.05
    }
  }

  private static func measured(_ scalar: Unicode.Scalar, _ ascii: [Int], other: Double) -> Double {
    switch scalar {
    case " "..."~": Double(ascii[Int(scalar.value) - 32]) / 100
    case "·", "\u{A0}", "’", "‘": 0.38
    default: scalar.value < 0x2E80 ? other : 1.1
    }
  }

  /// Hundredths of an em from the blank to the tilde, rounded up, of DejaVu Sans 2.37.
  private static let regular = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34,
    84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99,
    69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53,
    40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
  ]

  /// The same of DejaVu Sans Bold.
  private static let bold = [
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40,
    84, 84, 84, 59, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111,
    78, 73, 73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60,
    48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
  ]
}
