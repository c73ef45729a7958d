import Documents
import Foundation
import Lab
import Logging
import MarketData
import Pipeline
import ServiceLifecycle
import Tracking

/// Has newer bars collected for the monitors that ask for it, and looks at these when they are there. At most one collection a
/// monitor is under way; what is due meanwhile is left out.
package actor MonitorPoll {
  private let monitors: Monitors
  private let jobs: JobQueue
  private let context: ServerContext
  private let clock: WallClock
  private let logger: Logger
  /// The collection under way, by monitor.
  private var pending: [MonitorName: String] = [:]
  /// When the last one was due, in milliseconds since 1970.
  private var done: [MonitorName: Int64] = [:]

  private static let day: Int64 = 86_400_000

  /// The poll of a server's monitors.
  package init(_ context: ServerContext, clock: WallClock = .system, logger: Logger) {
    (self.context, self.clock, self.logger) = (context, clock, logger)
    (monitors, jobs) = (context.monitors, context.jobs)
  }

  /// Hands in what is due, and looks at the monitors whose bars have come. One failure does not keep others from their turn.
  package func turn() async {
    let names: [MonitorName]
    do { names = try await context.apart { [store = monitors.store] in store.names() } } catch { return }
    for gone in pending.keys where !names.contains(gone) { pending[gone] = nil }
    for name in names {
      do { try await turn(of: name) } catch {
        await monitors.note("Collecting failed: \(Self.words(error))", on: name)
        logger.warning("a monitor's bars cannot be collected", metadata: ["monitor": "\(name)"])
      }
    }
  }

  private func turn(of name: MonitorName) async throws {
    let monitor = try await context.apart { [store = monitors.store] in try store.monitor(name) }
    guard let poll = monitor.poll else { return }
    if let id = pending[name] {
      let job = try jobs.job(id)
      guard job.state.isOver else { return }
      pending[name] = nil
      let went =
        job.state == .finished ? nil : "Collecting ended as \(job.state.rawValue): \(job.message ?? "no word of why")"
      await monitors.note(went, on: name)
      _ = try await monitors.state(of: name)
    }
    let interval = Int64(poll.seconds) * 1000
    let now = clock.now()
    let due = now - now % interval
    guard done[name] != due else { return }
    done[name] = due
    let order = try await context.apart { [context] in
      try Self.collection(poll, from: Self.first(monitor, now: now, context.data)).order(context)
    }
    // After a restart the same due time is the same job.
    let key = "monitor/\(name)/\(due / 1000)"
    pending[name] = try await jobs.submit(order, key: key, request: "\(key) \(monitor.json)").id
  }

  /// The day of the newest bar, or the first that window and warm-up need.
  private static func first(_ monitor: Monitor, now: Int64, _ folder: DataFolder) -> CalendarDay {
    let needed = monitor.window + monitor.warmup
    let bars = try? WatchedBars(monitor.data, asset: monitor.asset, newest: 1, folder)
    let last = bars.map { $0.series.time[$0.series.count - 1] } ?? now - Int64(needed) * day
    return CalendarDay(daysSince1970: Int(last / day))
  }

  private static func collection(_ poll: Monitor.Poll, from day: CalendarDay) -> CollectionOrder {
    CollectionOrder(
      exchange: poll.exchange, market: poll.market, step: poll.step, from: "\(day)", to: nil, priority: 10)
  }

  private static func words(_ error: any Error) -> String {
    if let failure = error as? Failure ?? Failure(known: error) { return failure.message }
    return "\(error)"
  }
}

/// The poll as a part of the server: a turn every few seconds until the server stops.
struct MonitorService: Service {
  let poll: MonitorPoll

  /// How late a collection may be.
  private static let pause = Duration.seconds(5)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await poll.turn()
        try? await Task.sleep(for: Self.pause)
      }
    }
  }
}
