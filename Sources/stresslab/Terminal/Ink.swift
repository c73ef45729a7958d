import ArgumentParser
import Documents
import Foundation
import Glibc

/// Where colour is used: `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// The option `--color` of a command.
struct ColorOption: ParsableArguments {
  @Option(help: "Colour: auto means on a terminal, unless NO_COLOR is set.")
  var color: ColorChoice = .auto
}

/// A command that may be told whether to use colour.
protocol Colored {
  var coloring: ColorOption { get }
}

/// A little colour for people: names in bold, places in bold, faults in red.
struct Ink {
  private let isOn: Bool

  /// The ink for what is written to an open file.
  init(_ choice: ColorChoice, on descriptor: Int32) {
    switch choice {
    case .always: isOn = true
    case .never: isOn = false
    case .auto:
      let isUnwanted = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      isOn = Terminal.understandsEscapes(descriptor) && !isUnwanted
    }
  }

  /// Text in bold; what would steer a terminal is written as an escape, here and below.
  func bold(_ text: String) -> String { paint(text, "1") }

  /// Text in red.
  func red(_ text: String) -> String { paint(text, "31") }

  private func paint(_ text: String, _ style: String) -> String {
    let text = PrintableText.escaped(text)
    return isOn ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }

  /// A problem with its place in bold.
  func problem(_ problem: Problem) -> String {
    let text = problem.description
    let place = PrintableText.escaped("\(problem.position):")
    return text.hasPrefix(place) ? bold(place) + text.dropFirst(place.count) : text
  }

  /// What the program itself has to say, after its name.
  func fault(_ text: String) -> String {
    "\(red("stresslab:")) \(PrintableText.escaped(text, keepingLines: true))"
  }
}
