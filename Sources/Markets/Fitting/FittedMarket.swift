import Documents
import Lanes
import MarketData
import Randomness

/// The market that a scenario with a fitted process makes: one asset, nothing happens to it, steps like the recorded bars.
struct FittedMarket {
  private let market: Market
  private let steps: Int

  /// - Parameter steps: of a path.
  /// - Throws: why there is no scenario with the process.
  init(_ process: JSONValue, session: RecordedSession, steps: Int, seed: UInt64) throws(FitRefusal) {
    guard let clock = session.clock(steps: steps) else {
      throw FitRefusal("no scenario has sessions like those of the bars")
    }
    let document: JSONValue = [
      "stresslab": "scenario/1", "title": "Fitted market", "clock": clock,
      "assets": [
        "asset": [
          "price": 100, "process": process,
          "liquidity": ["halfSpreadBps": 1, "volumePerDay": 1e6, "depthTo1Percent": 1e4, "refillHalfLife": "1m"],
        ]
      ], "venue": ["initialMargin": 1, "maintenanceMargin": 0.5],
    ]
    do throws(Problems) {
      let loader = DocumentLoader(notations: Distributions.notations.map(Set.init))
      let read = try loader.load(Array(JSONWriter.write(document).utf8), file: "fitted market")
      market = try Self.market(try Scenario.read(read), seed)
    } catch {
      let all = error.all.map {
        $0.path.isEmpty ? $0.message : "\($0.path.split(separator: "/").last ?? ""): \($0.message)"
      }
      throw FitRefusal("no scenario can have it: " + all.joined(separator: "; "))
    }
    self.steps = steps
  }

  private static func market(_ scenario: Scenario, _ seed: UInt64) throws(Problems) -> Market {
    do throws(FormViolation) {
      return try Market(scenario: scenario, severity: 0, seed: seed)
    } catch {
      throw Problems(Problem(position: SourcePosition(file: "fitted market"), message: "\(error)"))
    }
  }

  /// Log returns of its first paths.
  func paths(_ count: Int) -> [ReturnSeries] {
    let tile = market.makeTile(groups: 1)
    return stride(from: 0, to: count, by: Lanes.count).flatMap { first -> [ReturnSeries] in
      tile.reset(firstPath: UInt64(first))
      var closes = (0..<Lanes.count).map { _ in [100.0] }
      for _ in 0..<steps {
        tile.advance()
        for lane in closes.indices { closes[lane].append(tile.bars[0].close[lane]) }
      }
      return closes.prefix(count - first).map { ReturnSeries(closes: $0, volumes: nil) }
    }
  }
}
