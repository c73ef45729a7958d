import Documents
import Lanes
import Randomness

extension FlashCrash {
  /// Smaller crashes that follow the first: a Poisson cluster, cut at six.
  ///
  /// Their number is Poisson with mean n, six where it would be more. Each comes an exponential time after the first trough, by
  /// a stream of its own; the k-th in time moves the price by cρᵏ where the first moved it by c, has multipliers M^(ρᵏ), and
  /// goes like the first in all else. Severity acts on each as on the first; how many there are and when does not depend on
  /// it.
  package struct Aftershocks: Parametric {
    /// Most of them on a path.
    package static let most = 6

    /// Mean n of their number before it is cut; 0…3.
    package let meanNumber: Draw
    /// Mean time from the first trough to each of them, seconds of trading time; above 0.
    package let meanDelay: Draw
    /// Size ρ of each over the one before it; 0…1.
    package let ratio: Draw

    /// States aftershocks.
    package init(meanNumber: Draw, meanDelay: Draw, ratio: Draw) {
      self.meanNumber = meanNumber
      self.meanDelay = meanDelay
      self.ratio = ratio
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(
        \.meanNumber, "meanNumber", .draw(in: .between(0, 3)),
        "mean of their number, which is Poisson and cut at \(most)"),
      ModelField(
        \.meanDelay, "meanDelay", .drawnDuration(in: .above(0)),
        "mean time from the first trough to each of them, which is exponential"),
      ModelField(
        \.ratio, "ratio", .draw(.fraction, in: .between(0, 1)), "size of each over that of the one before it"),
      make: { Aftershocks(meanNumber: $0, meanDelay: $1, ratio: $2) })

    /// What draws their number.
    static let numberStream = "aftershocks/count"
    /// What draws the delay of one, counted from 1.
    static func delayStream(_ number: Int) -> String { "aftershocks/\(number)/delay" }
    /// What a knot of the crash is called in one, counted from 1.
    static func knot(_ name: String, of number: Int) -> String { "aftershocks/\(number)/\(name)" }
    /// All streams.
    static var streamNames: [String] { [numberStream] + (1...most).map(delayStream) }

    /// How long after the first trough each comes on the paths of a tile, the earliest first, in seconds.
    ///
    /// - Returns: `[number][group]`; +∞ where there are not so many.
    static func delays(
      _ drawn: DrawnParameters<Aftershocks>, _ paths: TilePaths, _ site: EventSite
    ) -> [ContiguousArray<Lanes>] {
      let (means, meanDelays) = (drawn.meanNumber, drawn.meanDelay)
      let numberKey = site.key(numberStream)
      let delayKeys = (1...most).map { site.key(delayStream($0)) }
      var delays = Array(repeating: ContiguousArray(repeating: Lanes.infinity, count: paths.groups), count: most)
      for group in 0..<paths.groups {
        for lane in 0..<Lanes.count {
          let path = paths.path(group, lane)
          var stream = SparseStream(numberKey, path: path)
          let number = poisson(mean: means[group][lane], uniform: stream.uniform())
          let sorted = delayKeys.prefix(number).map { key in
            var stream = SparseStream(key, path: path)
            return -meanDelays[group][lane] * log(Lanes(stream.uniform()))[0]
          }.sorted()
          for (index, delay) in sorted.enumerated() { delays[index][group][lane] = delay }
        }
      }
      return delays
    }

    /// The number at a uniform, by inversion; `most` where it would be more.
    private static func poisson(mean: Double, uniform: Double) -> Int {
      var number = 0
      var probability = exp(Lanes(-mean))[0]
      var cumulative = probability
      while number < most, uniform > cumulative {
        number += 1
        probability *= mean / Double(number)
        cumulative += probability
      }
      return number
    }
  }
}
