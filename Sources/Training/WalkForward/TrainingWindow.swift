import Documents
import Lab
import Markets

/// A window of a walk forward with what is made of it: a training on its first part, judged on its second, and the scenario of
/// its third.
package struct TrainingWindow: Sendable {
  /// Which steps of the recorded bars its parts are.
  package let window: WalkForwardWindow
  /// The training, on the first part.
  package let train: TrainingFile
  /// The same on the second part, for validations.
  package let validate: TrainingFile
  /// The third part.
  package let test: ScenarioFile
  /// When the first and the last row of each part were recorded.
  package let times: (train: Span, validate: Span, test: Span)

  /// The first and the last moment of a part.
  package struct Span: Sendable, Hashable {
    /// Of the first row, ISO 8601.
    package let from: String
    /// Of the last row.
    package let to: String
  }

  /// The windows of a training.
  ///
  /// - Throws: scenarios that are no recorded bars run as they are, windows that do not fit, parts that are no markets.
  static func all(_ file: TrainingFile, _ walk: WalkForward) throws(Problems) -> [TrainingWindow] {
    func problem(_ message: String) -> Problems {
      let node = file.document.root["walkForward"] ?? file.document.root
      return Problems(Problem(position: node.position, path: node.path, message: message))
    }
    guard file.scenarios.count == 1, let parts = RecordedParts(file.scenarios[0]) else {
      throw problem(
        #"windows are of one scenario whose "history" is {"model": "replay"}: recorded bars that are run as they are"#)
    }
    let windows: [WalkForwardWindow]
    do throws(FormViolation) {
      windows = try walk.windows(file.scenarios[0].scenario.clock)
    } catch {
      let reading = Reading()
      error.under("walkForward").report(at: file.document.root, reading)
      throw Problems(reading.problems)
    }
    var result: [TrainingWindow] = []
    for window in windows {
      do throws(Problems) {
        result.append(try TrainingWindow(window, file, parts))
      } catch {
        // The place is in the scenario, and several windows may have it in common.
        let words = error.all.map { $0.path.isEmpty ? $0.message : "\($0.path): \($0.message)" }
        throw problem("window \(window.number) can't be made: \(words.joined(separator: "; "))")
      }
    }
    return result
  }

  private init(_ window: WalkForwardWindow, _ file: TrainingFile, _ parts: RecordedParts) throws(Problems) {
    func part(_ name: String, _ steps: Range<Int>, _ severities: [Double]) throws(Problems) -> ScenarioFile {
      let scenario = try parts.part(steps, name: "\(name) of window \(window.number)")
      do throws(FormViolation) {
        for severity in severities { _ = try Market(scenario: scenario.scenario, severity: severity, seed: 1) }
      } catch {
        let reading = Reading()
        error.report(at: scenario.document.root, reading)
        throw Problems(reading.problems)
      }
      return scenario
    }
    func span(_ steps: Range<Int>) -> Span {
      Span(from: parts.time(ofStep: steps.lowerBound), to: parts.time(ofStep: steps.upperBound - 1))
    }
    let severities = file.plan.scenarios[0].severities
    self.window = window
    // What the policy is chosen on is as much a part of what a checkpoint belongs to as what it learns from.
    let data = parts.digest(upTo: window.validate)
    let validation = try part("validate", window.validate, severities)
    let training = try part("train", window.train, severities)
    train = TrainingFile(file, on: training, data: data + JSONWriter.write(validation.document.root.json))
    validate = TrainingFile(file, on: validation, data: data)
    test = try part("test", window.test, [0])
    times = (span(window.train), span(window.validate), span(window.test))
  }
}
