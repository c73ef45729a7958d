import Server

extension JobOrder {
  /// An order whose command is a script. It finds its file of events as `$events`, and `tell NAME` writes an event.
  static func script(
    _ text: String, goingOn: String? = nil, kind: JobKind = .run, title: String = "script", output: String? = nil,
    words: [String] = [], priority: Int = 0
  ) -> JobOrder {
    JobOrder(
      kind, title: title, documents: ["scenarios/a.json"], output: output, arguments: command(text) + words,
      goingOn: goingOn.map(command), priority: priority)
  }

  private static func command(_ text: String) -> [String] {
    let beginning = """
      for events; do :; done
      tell() { printf '{"event":"%s"}\\n' "$1" >> "$events"; }
      """
    return ["-c", beginning + "\n" + text]
  }
}

extension String {
  /// A script that goes on for ever, until it is asked to stop; then it ends in order.
  static let untilInterrupted = "trap 'exit 130' INT; tell here; sleep 100000 & wait"
  /// A script that goes on for ever, whatever it is asked.
  static let deaf = "trap '' INT; tell here; sleep 100000"
}
