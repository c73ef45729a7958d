import Agents
import Lanes
import Markets
import Threads
import Trading

/// Looks at the trained agents of a run at its end: on paths that are lived through again; the threads change no bit.
struct PolicyReplays: Sendable {
  private let views: [View]
  private let threads: Int
  private let confidence: Double

  /// The desks of a market whose agents are looked at there.
  private struct View: Sendable {
    let planned: PlannedMarket
    let scenario: String
    let desks: [(desk: Desk, record: PolicyRecord, agent: SavedAgent)]
    let paths: Range<Int64>
  }

  /// Paths that are looked at, at most.
  static let mostPaths = 256
  /// Lane groups that are lived through at once: a network wants many samples.
  private static let groups: Int64 = 8
  /// Sub-steps of assets and desks that are made for it, at most, where that leaves eight paths.
  private static let mostSubsteps = 1 << 23

  /// - Parameter paths: of the run.
  init(_ markets: [PlannedMarket], _ context: RunContext, paths: Range<Int64>, threads: Int) {
    self.threads = threads
    confidence = context.confidence
    let records = context.policies ?? []
    let scenarios = Set(markets.map(\.scenario)).sorted()
    views = scenarios.compactMap { scenario -> View? in
      let own = markets.filter { $0.scenario == scenario }
      // The desks of all severities are the same agents behind the same profiles.
      guard let planned = own.max(by: { $0.severity < $1.severity }) else { return nil }
      let desks = records.compactMap { record -> (Desk, PolicyRecord, SavedAgent)? in
        let desks = planned.desks.filter { $0.agentName == record.agent }
        guard let desk = desks.min(by: { $0.rules.count < $1.rules.count }),
          let agent = desk.agent as? PolicyAgent
        else { return nil }
        return (desk, record, agent.saved)
      }
      guard !desks.isEmpty else { return nil }
      let description = planned.market.description
      let length = (description.clock.warmupSteps + description.clock.steps) * description.substeps
      let affordable = Self.mostSubsteps / max(1, length * (description.assets.count + desks.count))
      let count = min(Self.mostPaths, max(Lanes.count, affordable / Lanes.count * Lanes.count), paths.count)
      return View(
        planned: planned, scenario: context.markets[planned.number].scenario, desks: desks,
        paths: paths.lowerBound..<paths.lowerBound + Int64(count))
    }
  }

  /// What the agents did, by the number of the desk.
  func behaviours() -> [(desk: Int, behaviour: PolicyBehaviour)] {
    let views = views
    let jobs = views.enumerated().flatMap { index, view in
      Replays.parts(view.paths, groups: Self.groups).map { (view: index, paths: $0) }
    }
    let lived = orderedMap(jobs.count, threads: threads) { number in
      let job = jobs[number]
      let view = views[job.view]
      let first = job.paths.lowerBound & ~7
      let groups = Int((job.paths.upperBound - first + 7) / 8)
      return Replay(planned: view.planned, firstPath: first, groups: groups).policyPaths(
        view.desks.map(\.desk), of: job.paths)
    }
    var paths: [[[PolicyPath]]] = views.map { $0.desks.map { _ in [] } }
    for (job, desks) in zip(jobs, lived) {
      for (desk, more) in desks.enumerated() { paths[job.view][desk] += more }
    }
    let work = views.indices.flatMap { view in views[view].desks.indices.map { (view: view, desk: $0) } }
    let (confidence, whole) = (confidence, paths)
    return orderedMap(work.count, threads: threads) { number in
      let (view, desk) = (views[work[number].view], work[number].desk)
      let behaviour = Self.behaviour(view, desk, whole[work[number].view][desk], confidence)
      return (view.desks[desk].desk.index, behaviour)
    }
  }

  private static func behaviour(
    _ view: View, _ index: Int, _ paths: [PolicyPath], _ confidence: Double
  ) -> PolicyBehaviour {
    let (desk, record, agent) = view.desks[index]
    let hasEvents = view.planned.hasEvents
    let probe = PolicyProbe(agent)
    let names = hasEvents ? [PolicyPhase.before, .inside] : [.throughout]
    let phases = names.enumerated().map { number, phase in
      (phase: phase, states: VisitedStates(paths.flatMap { $0.states[number] }, probe))
    }
    let all = VisitedStates(phases.flatMap(\.states.rows), probe)
    let deviations = record.inputs.indices.map { all.deviation($0) }
    let effects = record.inputs.indices.map { all.effects(of: $0, reach: deviations[$0]) }
    let times = view.planned.fans.times
    return PolicyBehaviour(
      scenario: view.scenario, severity: view.planned.severity, risk: desk.riskName, firstPath: view.paths.lowerBound,
      paths: paths.count,
      effects: record.assets.indices.flatMap { asset in
        record.inputs.indices.map { input in
          InputEffect(
            asset: record.assets[asset], input: record.inputs[input], effect: effects[input][asset],
            standardDeviation: deviations[input])
        }
      },
      maps: record.assets.indices.prefix(BehaviourMap.mostAssets).compactMap { asset in
        BehaviourMap(asset: asset, record, effects: effects.map { $0[asset] }, all: all, phases: phases, probe)
      },
      health: PolicyHealth(
        paths, record, isInEventTime: hasEvents, seconds: hasEvents ? times.eventSeconds : times.clockSeconds,
        confidence: confidence))
  }
}

extension PlannedMarket {
  /// Whether anything happens in it that a trained agent is looked at through.
  var hasEvents: Bool { severity > 0 && !market.description.events.isEmpty && fans.times.eventPointsAfter > 0 }
}

extension Replay {
  /// What trained agents saw and wanted on some of the paths, by desk.
  fileprivate func policyPaths(_ desks: [Desk], of paths: Range<Int64>) -> [[PolicyPath]] {
    let panel = makePanel(desks)
    let clock = planned.market.description.clock
    var recorders = panel.desks.compactMap {
      PolicyRecorder($0, groups: groups, steps: clock.warmupSteps + clock.steps)
    }
    let tile = live(
      panel, begin: { tile in for index in recorders.indices { recorders[index].record(tile) } },
      look: { tile in for index in recorders.indices { recorders[index].record(tile) } })
    let events = Events(planned, tile)
    let lanes = paths.map { Int($0 - firstPath) }
    return recorders.map { recorder in
      lanes.map { recorder.path($0, events: events.windows($0), points: events.points($0)) }
    }
  }
}

/// When the events of a market act on the paths of a tile, after its last step.
private struct Events {
  let planned: PlannedMarket
  private let starts, ends: [ContiguousArray<Lanes>]
  private let clockStart: ContiguousArray<Lanes>

  init(_ planned: PlannedMarket, _ tile: MarketTile) {
    self.planned = planned
    let events = planned.hasEvents ? Array(planned.market.description.events.indices) : []
    starts = events.map { tile.eventStart($0) }
    ends = events.map { tile.eventWindowEnd($0) }
    clockStart = planned.hasEvents ? planned.eventStart(tile) : []
  }

  /// From when to when they act on a path, in steps from t = 0; nil without events.
  func windows(_ path: Int) -> [ClosedRange<Double>]? {
    guard planned.hasEvents else { return nil }
    let (group, lane) = path.quotientAndRemainder(dividingBy: Lanes.count)
    return zip(starts, ends).compactMap { starts, ends in
      let start = starts[group][lane]
      return start < Double(planned.fans.times.steps) ? start...max(start, ends[group][lane]) : nil
    }
  }

  /// Which point of the fans' times the close of a step is on a path.
  func points(_ path: Int) -> (Int) -> Int? {
    let times = planned.fans.times
    guard planned.hasEvents else { return { times.clockPoint(afterStep: $0) } }
    let (group, lane) = path.quotientAndRemainder(dividingBy: Lanes.count)
    let start = clockStart[group][lane]
    guard start < Double(times.steps) else { return { _ in nil } }
    let event = Int(start.rounded(.down))
    return { step in
      let (point, rest) = (step + 1 - event).quotientAndRemainder(dividingBy: times.eventStride)
      guard rest == 0, point >= -times.eventPointsBefore, point <= times.eventPointsAfter else { return nil }
      return point + times.eventPointsBefore
    }
  }
}
