import Documents
import Foundation

/// Reads the moments of rows, each in the form of the file's times.
struct TimeReader {
  private let form: TimeForm
  private var zones: [ArraySlice<UInt8>: TimeZone] = [:]
  /// The offset of the last day that has one throughout, in seconds.
  private var last: (zone: ArraySlice<UInt8>, day: Int64, offset: Int64)?
  /// Why the last moment was not understood, where that takes words of its own.
  private(set) var complaint: String?

  init(_ form: TimeForm) { self.form = form }

  /// Milliseconds since 1970-01-01 UTC of a row, or nil.
  ///
  /// - Parameter clock: the time of day where it stands apart.
  mutating func moment(_ field: ArraySlice<UInt8>, clock: ArraySlice<UInt8>?) -> Int64? {
    complaint = nil
    guard let style = form.style else { return Timestamp.plain(field) }
    guard let written = WrittenTime(field), written.style == style,
      let day = written.day(monthFirst: form.isMonthFirst)
    else { return nil }
    var (timeOfDay, place) = (written.timeOfDay, written)
    if let clock {
      guard let time = WrittenTime(timeOfDay: clock), time.style == form.clockStyle else { return nil }
      (timeOfDay, place) = (time.timeOfDay, time)
    }
    let local = Int64(day.daysSince1970) * 86_400_000 + timeOfDay
    guard place.style.zone == .name else { return local - place.offset - form.east }
    return moment(local, in: place.zone)
  }

  /// The moment of a wall-clock time that happened once.
  private mutating func moment(_ local: Int64, in name: ArraySlice<UInt8>) -> Int64? {
    let day = Int64(Int(local).floorDivided(by: 86_400_000))
    if let last, last.day == day, last.zone.elementsEqual(name) { return local - last.offset * 1000 }
    guard let zone = zone(name) else {
      complaint = "\(quoted(String(decoding: name, as: UTF8.self))) is no time zone such as America/New_York"
      return nil
    }
    func offset(_ milliseconds: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000)))
    }
    let around = [day - 1, day + 2].map { offset($0 * 86_400_000) }
    if around[0] == around[1] {
      last = (name, day, around[0])
      return local - around[0] * 1000
    }
    let moments = Set(around.map { local - $0 * 1000 }.filter { local - offset($0) * 1000 == $0 })
    if moments.count == 1 { return moments.first }
    let text = Timestamp.text(milliseconds: local).dropLast().replacing("T", with: " ")
    let what = moments.isEmpty ? "did not happen" : "happened twice"
    complaint =
      "\(text) \(what) in \(zone.identifier), where clocks were changed: write times in UTC, or with their offsets"
    return nil
  }

  private mutating func zone(_ name: ArraySlice<UInt8>) -> TimeZone? {
    if let zone = zones[name] { return zone }
    guard let zone = TimeZone(identifier: String(decoding: name, as: UTF8.self)) else { return nil }
    zones[name] = zone
    return zone
  }
}
