import Drawing
import Foundation
import Testing

@Suite("Colours")
struct ThemeTests {
  /// Linear red, green and blue of `#RRGGBB` (IEC 61966-2-1).
  private func linear(_ colour: String) -> [Double] {
    let number = Int(colour.dropFirst(), radix: 16) ?? 0
    return [number >> 16, number >> 8 & 255, number & 255].map { channel in
      let value = Double(channel) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  /// WCAG 2.2, "contrast ratio".
  private func contrast(_ one: String, _ other: String) -> Double {
    let luminances = [one, other].map { colour in
      zip(linear(colour), [0.2126, 0.7152, 0.0722]).map(*).reduce(0, +)
    }.sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  /// CIE L*a*b* under D65.
  private func lab(_ rgb: [Double]) -> [Double] {
    let matrix = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041],
    ]
    let white = [0.95047, 1, 1.08883]
    let f = (0..<3).map { row -> Double in
      let t = max(0, zip(matrix[row], rgb).map(*).reduce(0, +)) / white[row]
      return t > 216.0 / 24_389 ? cbrt(t) : (24_389 / 27.0 * t + 16) / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  /// Full protanopia, deuteranopia and tritanopia on linear colours: Machado, Oliveira & Fernandes (2009), IEEE TVCG
  /// 15(6), table 1, severity 1.0; and normal vision.
  private let visions: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
  ]

  @Test("text is 4.5:1 or more on page and surface, series and axes 3:1 or more (WCAG 2.2, 1.4.3 and 1.4.11)")
  func contrasts() {
    for theme in [Theme.light, .dark] {
      for background in [theme.background, theme.surface] {
        #expect(contrast(theme.foreground, background) >= 7)
        #expect(contrast(theme.muted, background) >= 4.5)
      }
      for colour in theme.series + [theme.axis] {
        #expect(contrast(colour, theme.background) >= 3, "\(colour) on \(theme.background)")
      }
      #expect(contrast(theme.grid, theme.background) < 1.5, "the grid stands back")
    }
  }

  /// The background of either theme stands for nothing, and so does the middle class.
  @Test("a diverging scale stands out from the background the more, the further it is from its middle")
  func diverging() {
    for theme in [Theme.light, .dark] {
      let contrasts = theme.diverging.map { contrast($0, theme.background) }
      #expect(contrasts.count == 9 && contrasts[4] < 1.3)
      for (near, far) in [(4, 3), (3, 2), (2, 1), (1, 0), (4, 5), (5, 6), (6, 7), (7, 8)] {
        #expect(contrasts[far] > contrasts[near], "\(theme.diverging[far])")
      }
      #expect(contrasts[0] > 4.5 && contrasts[8] > 4.5)
    }
  }

  @Test("two series differ by ΔE76 of 30 or more, for normal vision and three kinds of colour blindness")
  func differences() {
    for theme in [Theme.light, .dark] {
      for vision in visions {
        let seen = theme.series.map { colour -> [Double] in
          let rgb = linear(colour)
          return lab(vision.map { min(max(zip($0, rgb).map(*).reduce(0, +), 0), 1) })
        }
        for one in seen.indices {
          for other in seen.indices where other > one {
            let distance = zip(seen[one], seen[other]).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
            #expect(distance >= 30, "\(theme.series[one]) and \(theme.series[other]): \(distance)")
          }
        }
      }
    }
  }
}
