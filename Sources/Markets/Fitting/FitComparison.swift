import Documents

/// Processes fitted to the same returns, side by side.
package struct FitComparison: Sendable {
  /// What they were fitted to.
  package let returns: RecordedReturns
  /// Those that could be fitted, in the catalogue's order.
  package let fits: [ProcessFit]
  /// Those that could not, each with its reason.
  package let refusals: [(name: String, reason: String)]

  /// Fits processes to returns.
  ///
  /// - Parameter model: the one of `PriceProcesses` to fit, in all of its variants; nil for all that can be fitted.
  /// - Throws: why none of them can be.
  package init(_ returns: RecordedReturns, model: String?) throws(FitRefusal) {
    let chosen = ProcessFitters.catalogue.filter { model == nil || $0.model == model }
    if let model, chosen.isEmpty {
      if let other = ProcessFitters.others.first(where: { $0.model == model }) {
        throw FitRefusal("\(model) can't be fitted: \(other.reason)")
      }
      let known = PriceProcesses.catalogue.description.entries.map(\.name)
      throw FitRefusal("no process is called \(quoted(model))\(Suggestion.hint(for: model, among: known))")
    }
    var fits: [ProcessFit] = []
    var refusals: [(name: String, reason: String)] = []
    for fitter in chosen {
      do throws(FitRefusal) {
        fits.append(try fitter.fitted(to: returns))
      } catch {
        refusals.append((fitter.name, error.description))
      }
    }
    if model == nil { refusals += ProcessFitters.others.map { ($0.model, $0.reason) } }
    guard !fits.isEmpty else {
      throw FitRefusal(refusals.map { "\($0.name) can't be fitted: \($0.reason)" }.joined(separator: "\nstresslab: "))
    }
    self.returns = returns
    self.fits = fits
    self.refusals = refusals
  }

  /// The one that is expected to be nearest to the truth: of the least AIC.
  package var best: ProcessFit { fits.min { $0.aic < $1.aic } ?? fits[0] }

  /// What a scenario takes over: the process, and where it is from.
  package func block(of fit: ProcessFit) -> JSONValue {
    let name = returns.asset.isEmpty ? "ASSET" : returns.asset
    return [
      "assets": .object([JSONMember(name, ["process": fit.process])]),
      "sources": .object([
        JSONMember(
          "/assets/\(JSONPointer.escape(name))/process", ["basis": "fitted", "text": .string(source(of: fit))])
      ]),
    ]
  }

  /// The source in words.
  private func source(of fit: ProcessFit) -> String {
    let file = returns.file.split(separator: "/").last.map(String.init) ?? returns.file
    let errors = fit.parameters.map { parameter in
      let error = parameter.robustStandardError ?? parameter.standardError
      return
        "\(parameter.name) \(error.map { JSONWriter.number($0.rounded(toDigits: 4)) } ?? "on the edge of its range")"
    }
    let whose = returns.asset.isEmpty ? "" : " of \(returns.asset)"
    return
      "Fitted to \(returns.values.count) log returns of \(returns.step) bars\(whose) in \(file), \(returns.span.from) to "
      + "\(returns.span.to), \(JSONWriter.number(returns.session.daysPerYear)) "
      + "\(returns.session.isContinuous ? "days" : "sessions") a year, by \(fit.fitter.method). Standard errors: "
      + errors.joined(separator: ", ")
      + (fit.parameters.contains { $0.unit == ProcessFit.steps } ? " (halfLife in steps)." : ".")
  }
}
