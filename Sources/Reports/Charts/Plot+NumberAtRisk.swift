import Drawing
import Lab

extension Plot {
  /// A row of five numbers at risk under the horizontal axis; `everyone` as in `Curve.risk`.
  mutating func numberAtRisk(_ curve: Curve, until end: Double, everyone: Double? = nil) {
    guard curve.risk(at: 0, paths: everyone) != nil else { return }
    let line = layout.height - 5
    addLabel(text("at risk:", layout.plotLeft, line - 18, style: "t"))
    for column in 0..<5 {
      let time = end * Double(column) / 4
      let place = point(time, y.domain.lowerBound).x
      addLabel(text(curve.riskText(at: time, paths: everyone), place, line, style: "t c"))
    }
  }
}
