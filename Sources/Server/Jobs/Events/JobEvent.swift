/// A line of what a job tells of itself as it goes: a JSON object that says first what it is about.
package struct JobEvent: Sendable, Hashable {
  /// Where the next line begins in the job's file of events, in bytes: what a follower that comes again goes on after.
  package let offset: Int64
  /// The line, without its end.
  package let line: String

  /// A line.
  package init(offset: Int64, line: String) { (self.offset, self.line) = (offset, line) }

  /// What it is about, such as `progress`; nil for a line that does not say so in the way of our commands.
  package var name: String? {
    let beginning = #"{"event":""#
    guard line.hasPrefix(beginning) else { return nil }
    let name = line.dropFirst(beginning.count).prefix { $0 != "\"" }
    return name.isEmpty || !name.allSatisfy { $0.isASCII && $0.isLetter } ? nil : String(name)
  }
}
