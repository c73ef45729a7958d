/// What draws a market's paths.
package enum Generator: String, Sendable, Hashable, CaseIterable {
  /// Philox, eight paths at a time: what every run is made of.
  case philox
  /// GSL's own generator and samplers, one path and one number at a time: slow, and for comparisons only.
  case gsl
}
