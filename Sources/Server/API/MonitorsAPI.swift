import Documents
import HTTPTypes

/// Bars that are watched, with an agent's position on paper. Nothing here leads to an order.
enum MonitorsAPI {
  static let operations = [list, read, save, remove, state]

  /// The name of a monitor in a path.
  static let name = Parameter("name", in: .path, .name, "a monitor", example: "btc")

  private static let entryExample: JSONValue = ["name": "btc", "monitor": Monitor.example]

  private static let list = Operation(
    .get, "/api/v1/monitors", id: "listMonitors", .monitors, "Lists the monitors.", parameters: [.limit, .after],
    answer: .json(
      Schemas.list(of: "MonitorEntry"), "A part of the list.", example: ["items": [entryExample], "next": nil])
  ) { call in
    let store = call.context.monitors.store
    let entries = try await call.context.apart {
      try store.names().map { (name: "\($0)", monitor: try store.monitor($0)) }
    }
    return .json(try call.page(entries, by: \.name) { ["name": .string($0.name), "monitor": $0.monitor.json] })
  }

  private static let read = Operation(
    .get, "/api/v1/monitors/{name}", id: "readMonitor", .monitors, "Reads what a monitor watches.", parameters: [name],
    answer: .json(Schemas.reference("MonitorEntry"), "The monitor.", example: entryExample),
    failures: [.notFound, .unprocessableContent]
  ) { call in
    let (name, store) = (try MonitorName(call.name("name")), call.context.monitors.store)
    let monitor = try await call.context.apart { try store.monitor(name) }
    return .json(["name": .string("\(name)"), "monitor": monitor.json])
  }

  private static let save = Operation(
    .put, "/api/v1/monitors/{name}", id: "saveMonitor", .monitors,
    "Puts a monitor in its place. It trades on paper alone: no order ever leaves the machine.", parameters: [name],
    body: Monitor.form, example: Monitor.example,
    answer: .json(Schemas.reference("MonitorEntry"), "The monitor.", example: entryExample), failures: [.conflict]
  ) { call, monitor in
    let (name, store) = (try MonitorName(call.name("name")), call.context.monitors.store)
    _ = try await call.context.apart { try store.save(monitor, as: name) }
    return .json(["name": .string("\(name)"), "monitor": monitor.json])
  }

  private static let remove = Operation(
    .delete, "/api/v1/monitors/{name}", id: "removeMonitor", .monitors,
    "Removes a monitor and what was computed for it; collected bars stay.", parameters: [name],
    answer: .nothing("It is gone."), failures: [.notFound, .unprocessableContent]
  ) { call in
    let (name, store) = (try MonitorName(call.name("name")), call.context.monitors.store)
    try await call.context.apart { try store.remove(name) }
    return Reply(.nothing, status: .noContent)
  }

  private static let state = Operation(
    .get, "/api/v1/monitors/{name}/state", id: "readMonitorState", .monitors,
    "Looks at a monitor now: the position on paper, limits, the last stress verdict, and alarms.", parameters: [name],
    answer: .json(
      Schemas.reference("MonitorState"), "How it stands.",
      example: ["name": "btc", "paperOnly": true, "words": .string(MonitorState.paperOnly), "alarms": []]),
    failures: [.notFound, .unprocessableContent]
  ) { call in
    .json(try await call.context.monitors.state(of: MonitorName(call.name("name"))).json)
  }
}
