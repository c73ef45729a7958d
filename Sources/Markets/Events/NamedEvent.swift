/// An event with its name in the scenario.
package struct NamedEvent: Sendable {
  /// The event's name.
  package let name: String
  /// What happens.
  package let event: any MarketEvent

  /// Names an event.
  package init(_ name: String, _ event: any MarketEvent) {
    self.name = name
    self.event = event
  }
}
