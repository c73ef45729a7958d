/// Moments as recorded files write them.
package enum Timestamp {
  /// Milliseconds since 1970-01-01 UTC of an ISO 8601 text: `2000-03-01`, `2000-03-01T09:30`, `2000-03-01 09:30:00.250Z`,
  /// `…-05:00`. Without an offset it is UTC. Nil for anything else.
  package static func milliseconds(_ text: String) -> Int64? {
    guard let day = CalendarDay(String(text.prefix(10))) else { return nil }
    let midnight = Int64(day.daysSince1970) * 86_400_000
    var rest = text.dropFirst(10)
    if rest.isEmpty { return midnight }
    guard rest.first == "T" || rest.first == " " else { return nil }
    rest = rest.dropFirst()
    guard let (time, zone) = split(rest), let milliseconds = timeOfDay(time), let offset = offset(zone) else {
      return nil
    }
    return midnight + milliseconds - offset
  }

  /// A text of milliseconds since 1970-01-01 UTC: `2000-03-01T00:00:00Z`.
  package static func text(milliseconds: Int64) -> String {
    let day = CalendarDay(daysSince1970: Int(milliseconds).floorDivided(by: 86_400_000))
    let time = Int(milliseconds).floorModulo(86_400_000)
    let clock = [time / 3_600_000, time / 60_000 % 60, time / 1000 % 60].map { $0.padded(2) }.joined(separator: ":")
    return "\(day)T\(clock)\(time % 1000 == 0 ? "" : ".\((time % 1000).padded(3))")Z"
  }

  private static func split(_ rest: Substring) -> (time: Substring, zone: Substring)? {
    guard let index = rest.firstIndex(where: { $0 == "Z" || $0 == "+" || $0 == "-" }) else { return (rest, "Z") }
    return (rest[..<index], rest[index...])
  }

  private static func digits(_ text: Substring, _ count: Int, below limit: Int64) -> Int64? {
    guard text.utf8.count == count, text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text),
      value < limit
    else { return nil }
    return value
  }

  private static func timeOfDay(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let hours = digits(parts[0], 2, below: 24),
      let minutes = digits(parts[1], 2, below: 60)
    else { return nil }
    let whole = (hours * 60 + minutes) * 60_000
    guard parts.count == 3 else { return whole }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard seconds.count <= 2, let count = digits(seconds[0], 2, below: 60) else { return nil }
    guard seconds.count == 2 else { return whole + count * 1000 }
    // Finer than a millisecond is cut off.
    let fraction = seconds[1]
    guard (1...9).contains(fraction.utf8.count), digits(fraction, fraction.utf8.count, below: .max) != nil,
      let value = Int64((fraction + "00").prefix(3))
    else { return nil }
    return whole + count * 1000 + value
  }

  private static func offset(_ zone: Substring) -> Int64? {
    if zone == "Z" { return 0 }
    let sign: Int64 = zone.first == "-" ? -1 : 1
    let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = digits(parts[0], 2, below: 24), let minutes = digits(parts[1], 2, below: 60)
    else { return nil }
    return sign * (hours * 60 + minutes) * 60_000
  }
}
