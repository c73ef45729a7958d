import Lanes
import Randomness

// What is drawn at a knot, with the correlations of the market or with what events make of them.

extension KnotSplitter {
  /// The normal of an asset with the correlations of the market, or with what events make of them.
  func correlated(_ asset: Int, _ lane: Int, _ site: Site) -> Double {
    var sum = normals[asset]
    if let factor {
      let row = factor.rows[asset]
      sum = 0
      for other in row.indices { sum += row[other] * normals[other] }
    }
    let dependence = site.effects.dependence
    guard dependence.isActive(part: dependence.part), dependence.touches(asset) else { return sum }
    sum *= dependence.kept(asset, part: dependence.part, group: site.group)[lane]
    for (target, sources) in sources.enumerated()
    where dependence.isUsed(target, part: dependence.part) && dependence.targets[target].touches(asset) {
      let share = dependence.share(target, asset, part: dependence.part, group: site.group)[lane]
      for (source, loading) in dependence.targets[target].loadings[asset].enumerated() {
        sum += share * loading * sources[source]
      }
    }
    return sum
  }

  /// Draws the normals at a knot of what events blend correlations towards.
  mutating func drawStress(_ keys: KnotKeys, _ path: UInt64, _ site: Site) {
    let dependence = site.effects.dependence
    guard dependence.isActive(part: dependence.part) else { return }
    for target in sources.indices where dependence.isUsed(target, part: dependence.part) {
      for source in sources[target].indices {
        var stream = SparseStream(keys.stressed[target][source], path: path)
        sources[target][source] = normalQuantile(Lanes(stream.uniform()))[0]
      }
    }
  }

  /// Draws for the extremes of the leg after a knot.
  mutating func drawExtremes(_ keys: KnotKeys, _ path: UInt64, _ lane: Int, _ site: Site) {
    own.removeAll(keepingCapacity: true)
    for asset in 0..<assets {
      own.append(Self.ownExtremes(keys.assets[asset], path))
      draws[asset] = own[asset]
      turned[asset] = false
    }
    site.engine.extremes?.correlate(&draws, groups: 1)
    let dependence = site.effects.dependence
    guard dependence.isActive(part: dependence.part) else { return }
    var stream = SparseStream(keys.stressedExtremes, path: path)
    let lot = Lanes(stream.uniform())
    for target in sources.indices where dependence.isUsed(target, part: dependence.part) {
      let law = dependence.targets[target]
      stressed.removeAll(keepingCapacity: true)
      stressed.append(contentsOf: own)
      law.extremes?.correlate(&stressed, groups: 1)
      for asset in 0..<assets
      where law.touches(asset) && dependence.isDrawn(under: target, asset, group: site.group, lot: lot)[lane] {
        draws[asset] = stressed[asset]
        turned[asset] = law.turns[asset]
      }
    }
  }

  /// What an asset's own uniforms after a knot make of its extremes.
  private static func ownExtremes(_ key: StreamKey, _ path: UInt64) -> ExtremesDraw {
    var stream = SparseStream(key, path: path)
    _ = stream.uniform()
    let uniforms = (stream.uniform(), stream.uniform())
    return ExtremesDraw(
      first: ExtremesDraw.onGrid(Lanes(uniforms.0)), second: ExtremesDraw.onGrid(Lanes(uniforms.1)))
  }
}
