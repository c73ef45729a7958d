/// The colours of a page and its charts, on a light or a dark background.
///
/// Contrast and colour differences were computed, not judged by eye: text is 4.5:1 or more and every series 3:1 or more
/// on its background (WCAG 2.2, 1.4.3 and 1.4.11); the smallest pairwise difference of two series, over normal vision
/// and three kinds of colour blindness, is ΔE76 = 31 (light) and 37 (dark).
package struct Theme: Sendable, Hashable {
  /// Behind everything.
  package let background: String
  /// Behind tables and notes; near the background.
  package let surface: String
  /// Text.
  package let foreground: String
  /// Text that stands back: subtitles, ticks.
  package let muted: String
  /// Axis lines and marks that carry meaning without being a series.
  package let axis: String
  /// Grid lines, which are decoration.
  package let grid: String
  /// One per series, in their order; the same hue in both themes.
  package let series: [String]
  /// From far below zero over zero to far above; zero is near the background.
  package let diverging: [String]

  /// Dark on white; also for print.
  package static let light = Theme(
    background: "#FFFFFF", surface: "#F4F6F8", foreground: "#1F2933", muted: "#52606D", axis: "#8A94A0",
    grid: "#D9DEE3", series: ["#7D1DA2", "#601601", "#36A565", "#878DB2", "#AA8913", "#0C4653"],
    diverging: divergingOnLight)

  /// Light on near black.
  package static let dark = Theme(
    background: "#14181D", surface: "#1C2229", foreground: "#E6EAEE", muted: "#A3B0BD", axis: "#6B7682",
    grid: "#2C333B", series: ["#B747DE", "#CF492B", "#1BF6A9", "#C1CDFA", "#EEC70D", "#267F83"],
    diverging: divergingOnDark)

  /// ColorBrewer's PuOr of nine classes, which all kinds of colour vision tell apart.
  private static let divergingOnLight = [
    "#B35806", "#E08214", "#FDB863", "#FEE0B6", "#F7F7F7", "#D8DAEB", "#B2ABD2", "#8073AC", "#542788",
  ]
  /// The same hues, darkest in the middle.
  private static let divergingOnDark = [
    "#FDB863", "#E08214", "#B35806", "#6B3304", "#252B32", "#3B2A63", "#5E4A9C", "#8073AC", "#B2ABD2",
  ]

  /// How many series have a colour of their own; later ones share colours and differ by their labels and dashes.
  static let seriesCount = light.series.count

  /// How many classes a diverging scale has.
  package static let divergingCount = light.diverging.count

  /// The colours as CSS custom properties.
  var declarations: String {
    let colours =
      [
        ("bg", background), ("surface", surface), ("fg", foreground), ("muted", muted), ("axis", axis), ("grid", grid),
      ] + series.enumerated().map { ("s\($0.offset + 1)", $0.element) }
      + diverging.enumerated().map { ("k\($0.offset)", $0.element) }
    return colours.map { "--\($0.0):\($0.1)" }.joined(separator: ";")
  }

  /// The class that gives a mark the colour of a series, counted from 0.
  package static func seriesClass(_ index: Int) -> String { "s\(index % seriesCount + 1)" }
}
