import Documents

/// Fixed figures of the scenarios that a study multiplies, one at a time: what would be if a figure were another that somebody has
/// judged, or fitted with an error.
package struct WhatIf: Sendable {
  /// Where each figure stands, by what the report calls it: a JSON pointer into the scenario, `*` for any key.
  package let figures: Named<String>
  /// What each is multiplied by in turn; none of them 1.
  package let factors: [Double]
  /// Paths of each, at most: the first of the run.
  package let paths: Int
}

extension WhatIf {
  static let form = Form(
    Field(
      "figures", .named(.string, count: 1...32),
      "figures by name: JSON pointers into the scenario, * for any key, such as /assets/*/liquidity/depthTo1Percent"),
    Field(
      "factors", .made(from: .list(.number(.factor, in: .between(0.01, 100)), count: 1...8), changing),
      default: [0.5, 2], "what each is multiplied by in turn"),
    Field("paths", .integer(in: 1...1_000_000_000), default: 500, "paths of each: the first of the run, at most"),
    make: { (figures, factors, paths) throws(FormViolation) in
      for (name, pointer) in figures { try Self.check(pointer, name) }
      return WhatIf(figures: figures, factors: factors, paths: paths)
    })

  /// Where no figure can be another without the paths becoming others, which then could not be compared.
  private static let apart = ["clock", "history", "dependence", "stresslab", "sources"]

  private static func check(_ pointer: String, _ name: String) throws(FormViolation) {
    let place = "figures/\(JSONPointer.escape(name))"
    guard pointer.hasPrefix("/"), pointer.count > 1 else {
      throw FormViolation(place, "a JSON pointer begins with / and names something in the scenario")
    }
    if let first = JSONPointer.components(pointer).first, apart.contains(first) {
      throw FormViolation(
        place, "a figure of /\(first) makes other paths, which cannot be compared one by one: vary it in a grid")
    }
  }

  private static func changing(_ factors: [Double]) throws(FormViolation) -> [Double] {
    guard !factors.contains(1) else { throw FormViolation("a factor of 1 changes nothing") }
    guard Set(factors).count == factors.count else { throw FormViolation("a factor stands here twice") }
    return factors.sorted()
  }
}
