/// What a scenario says, as the report tells it.
package struct ScenarioSummary: Codable, Sendable, Equatable {
  /// The file's name without its extension; unique in the study.
  package let name: String
  package let title: String
  package let description: String
  /// As given on the command line or in the study.
  package let file: String
  package let clock: ClockSummary
  /// In the order of their names.
  package let assets: [AssetLine]
  /// Every number of the file, in the file's order.
  package let parameters: [ParameterLine]
  /// In the order of their names.
  package let events: [EventLine]
  /// What is not modelled, in plain words.
  package let limits: [String]

  package init(
    name: String, title: String, description: String, file: String, clock: ClockSummary, assets: [AssetLine],
    parameters: [ParameterLine], events: [EventLine], limits: [String]
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.file = file
    self.clock = clock
    self.assets = assets
    self.parameters = parameters
    self.events = events
    self.limits = limits
  }
}

/// How time runs in a scenario.
package struct ClockSummary: Codable, Sendable, Equatable {
  package let stepSeconds: Double
  /// Steps from t = 0 to the horizon.
  package let steps: Int
  package let warmupSteps: Int
  /// Trading time in a session, in seconds; a day where trading is continuous.
  package let sessionSeconds: Double
  /// Day of the first session, such as `2024-01-03`.
  package let startDate: String
  /// IANA name; nil where trading is continuous.
  package let timeZone: String?
  /// Such as `sessions 09:30–16:00`.
  package let calendar: String

  package init(
    stepSeconds: Double, steps: Int, warmupSteps: Int, sessionSeconds: Double, startDate: String,
    timeZone: String? = nil, calendar: String
  ) {
    self.stepSeconds = stepSeconds
    self.steps = steps
    self.warmupSteps = warmupSteps
    self.sessionSeconds = sessionSeconds
    self.startDate = startDate
    self.timeZone = timeZone
    self.calendar = calendar
  }
}

/// An asset of a scenario.
package struct AssetLine: Codable, Sendable, Equatable {
  package let name: String
  /// At t = 0, in quote currency.
  package let price: Double
  /// Such as `gbm` or `history`.
  package let process: String

  package init(name: String, price: Double, process: String) {
    self.name = name
    self.price = price
    self.process = process
  }
}

/// A number of a scenario's file, with where it comes from.
package struct ParameterLine: Codable, Sendable, Equatable {
  /// JSON pointer in the scenario's file.
  package let path: String
  /// As written in the file; of a distribution, its text.
  package let text: String
  package let unit: String?
  /// `fitted`, `literature` or `judgement`.
  package let basis: String?
  package let source: String?

  package init(path: String, text: String, unit: String? = nil, basis: String? = nil, source: String? = nil) {
    self.path = path
    self.text = text
    self.unit = unit
    self.basis = basis
    self.source = source
  }
}

/// An event of a scenario, and when it happened on the paths.
package struct EventLine: Codable, Sendable, Equatable {
  package let name: String
  package let model: String
  /// A sentence of what happens.
  package let text: String
  /// The median path's start, in seconds since t = 0.
  package let startSeconds: Quantiles
  /// When the price is lowest.
  package let troughSeconds: Quantiles
  /// When the window of its costs ends.
  package let windowEndSeconds: Quantiles

  package init(
    name: String, model: String, text: String, startSeconds: Quantiles, troughSeconds: Quantiles,
    windowEndSeconds: Quantiles
  ) {
    self.name = name
    self.model = model
    self.text = text
    self.startSeconds = startSeconds
    self.troughSeconds = troughSeconds
    self.windowEndSeconds = windowEndSeconds
  }
}

/// The spread of a number across paths.
package struct Quantiles: Codable, Sendable, Equatable {
  package let p5: Double
  package let p50: Double
  package let p95: Double

  package init(p5: Double, p50: Double, p95: Double) {
    self.p5 = p5
    self.p50 = p50
    self.p95 = p95
  }
}
