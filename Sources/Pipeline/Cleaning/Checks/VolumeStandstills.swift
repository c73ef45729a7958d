import MarketData

/// Runs without volume in bars that have some, longer than chance makes them.
struct VolumeStandstills: BarCheck {
  let name = "volume"
  let summary = "runs of bars without volume, longer than chance makes them"
  let words = (one: "run of bars without volume", several: "runs of bars without volume")

  func findings(in rows: CheckedRows) -> [Finding] {
    guard rows.rows.fields.contains(.volume), !rows.sound.isEmpty else { return [] }
    let isStill = rows.sound.indices.map { rows.value(.volume, $0) == 0 }
    if isStill.allSatisfy(\.self) { return [rows.finding(name, rows.sound, "the volume is 0 in every bar")] }
    return Standstill.runs(isStill).map { run in
      rows.finding(
        name, run.map { rows.sound[$0] },
        "the volume is 0 for \(run.count) bars, until \(rows.text(run.upperBound - 1))")
    }
  }
}
