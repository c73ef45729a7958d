import Threads

/// What the server counts, for Prometheus.
package final class ServerMetrics: Sendable {
  /// Seconds at which the buckets of answering times end.
  private static let bounds = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]

  private struct Counts {
    var requests: [Key: Int] = [:]
    var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count + 1)
    var seconds = 0.0
  }

  private struct Key: Hashable {
    let operation: String
    let status: Int
  }

  private let counts = Locked(Counts())
  private let openStreams = Locked(0)

  /// Nothing counted.
  package init() {}

  /// Counts an answer.
  func count(_ operation: String, status: Int, time: Duration) {
    let seconds = time / .seconds(1)
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    counts.withLock { counts in
      counts.requests[Key(operation: operation, status: status), default: 0] += 1
      counts.buckets[bucket] += 1
      counts.seconds += seconds
    }
  }

  /// Takes a place among the event streams, if there is one.
  func takeStream(most: Int) -> Bool {
    openStreams.withLock { open in
      guard open < most else { return false }
      open += 1
      return true
    }
  }

  /// Gives it back.
  func leaveStream() { openStreams.withLock { $0 -= 1 } }

  /// In the text format of Prometheus (version 0.0.4).
  ///
  /// - Parameter jobs: by their states.
  func text(jobs: [(state: String, count: Int)]) -> String {
    let (requests, buckets, seconds) = counts.withLock { ($0.requests, $0.buckets, $0.seconds) }
    var lines = [
      "# HELP stresslab_requests_total Requests answered, by operation and status.",
      "# TYPE stresslab_requests_total counter",
    ]
    for (key, count) in requests.sorted(by: { ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status) }) {
      lines.append("stresslab_requests_total{operation=\"\(key.operation)\",status=\"\(key.status)\"} \(count)")
    }
    lines += [
      "# HELP stresslab_request_seconds Time until an answer began.", "# TYPE stresslab_request_seconds histogram",
    ]
    var sum = 0
    for (bound, count) in zip(Self.bounds, buckets) {
      sum += count
      lines.append("stresslab_request_seconds_bucket{le=\"\(bound)\"} \(sum)")
    }
    let all = buckets.reduce(0, +)
    lines += [
      "stresslab_request_seconds_bucket{le=\"+Inf\"} \(all)", "stresslab_request_seconds_sum \(seconds)",
      "stresslab_request_seconds_count \(all)",
      "# HELP stresslab_jobs Jobs, by state.", "# TYPE stresslab_jobs gauge",
    ]
    lines += jobs.map { "stresslab_jobs{state=\"\($0.state)\"} \($0.count)" }
    lines += [
      "# HELP stresslab_event_streams Event streams that are open.", "# TYPE stresslab_event_streams gauge",
      "stresslab_event_streams \(openStreams.withLock { $0 })",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
