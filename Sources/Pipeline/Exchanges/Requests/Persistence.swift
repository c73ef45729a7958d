/// How often an exchange is asked for the same, and how long one waits in between: full jitter (Brooker 2015, "Exponential
/// Backoff and Jitter"), unless the exchange itself says when.
package struct Persistence: Sendable {
  /// How often a request is sent at most.
  package var tries = 8
  /// What the longest first wait is, in seconds; each next one may be twice as long.
  package var firstWait = 1.0
  /// The longest wait, in seconds.
  package var longestWait = 60.0
  /// The longest wait that an exchange may ask for, in seconds.
  package var longestSaidWait = 300.0
  /// For how long a request is tried, in seconds, waits included.
  package var total = 900.0

  /// Eight tries within a quarter of an hour.
  package init() {}

  /// A wait that is told before it is waited.
  package struct Pause: Sendable, Hashable {
    /// What failed, after the exchange's name.
    package let words: String
    /// Seconds until it is asked again.
    package let seconds: Double
    /// Which try has failed, from 1, of how many.
    package let failed, tries: Int
  }

  /// Does something until it succeeds, or cannot.
  ///
  /// - Parameters:
  ///   - fraction: a random number in 0..<1.
  ///   - tell: is given each wait.
  /// - Throws: `lasting`, `untrue`, `unknownSymbol` and `interrupted` as they came; `unavailable` when tries or time are
  ///   used up.
  package func attempt<Value>(
    sleeper: some Sleeper, fraction: () -> Double, tell: (Pause) -> Void,
    _ request: () throws(ExchangeFault) -> Value
  ) throws(ExchangeFault) -> Value {
    let start = sleeper.uptime
    var failed = 0
    while true {
      if sleeper.isInterrupted { throw .interrupted }
      let (words, wait): (String, ExchangeFault.Wait)
      do throws(ExchangeFault) {
        return try request()
      } catch {
        guard case .passing(let what, let when) = error else { throw error }
        (words, wait) = (what, when)
      }
      failed += 1
      guard failed < tries else { throw .unavailable("\(words), asked \(tries) times") }
      let seconds = try seconds(wait, after: failed, words, fraction)
      guard sleeper.uptime - start + seconds <= total else {
        throw .unavailable("\(words), asked \(failed) times within \(Int((sleeper.uptime - start).rounded())) s")
      }
      tell(Pause(words: words, seconds: seconds, failed: failed, tries: tries))
      try sleeper.sleep(seconds)
    }
  }

  private func seconds(
    _ wait: ExchangeFault.Wait, after failed: Int, _ words: String, _ fraction: () -> Double
  ) throws(ExchangeFault) -> Double {
    let longest = min(longestWait, firstWait * Double(1 << min(failed - 1, 30)))
    switch wait {
    case .unsaid: return fraction() * longest
    // Who asked too much waits half of it in any case.
    case .longer: return (1 + fraction()) * min(longestWait, longest * 4) / 2
    case .said(let seconds):
      guard seconds <= longestSaidWait else {
        throw .unavailable("\(words), and asks to be left alone for \(Self.text(seconds))")
      }
      // Who asks at that very moment comes with everybody else.
      return max(seconds, 0) + fraction() * firstWait
    }
  }

  /// A wait in words: `40 s`, `12 min`, `3.0 h`.
  package static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<100: seconds < 10 ? "\((seconds * 10).rounded() / 10) s" : "\(Int(seconds.rounded())) s"
    case ..<6000: "\(Int((seconds / 60).rounded())) min"
    default: "\(Int(min(seconds / 3600, 1e6).rounded())) h"
    }
  }
}
