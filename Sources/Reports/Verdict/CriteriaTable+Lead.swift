import Lab
import Statistics

/// Who passes, in sentences.
extension CriteriaTable {
  /// Who passes; nil where the verdicts are counted, or nobody trades.
  var lead: String? {
    let trading = judged.filter(\.trades)
    guard !lines.isEmpty, !isCounted, !trading.isEmpty else { return nil }
    return passing(trading)
  }

  /// Which desks pass all, and whose limits they are.
  private func passing(_ trading: [DeskScene]) -> String {
    let passes = trading.filter(isMet)
    let whose =
      areUsual
      ? "the usual limits (a judgement: the study sets none)"
      : "the limits that the study set before it ran"
    if trading.count == 1 {
      return "\(names(trading)[0]) \(passes.isEmpty ? "misses one at least" : "passes all") of \(whose)."
    }
    guard !passes.isEmpty else { return "None of \(trading.count) desks passes all of \(whose)." }
    if passes.count == trading.count { return "Each of \(trading.count) desks passes all of \(whose)." }
    return "\(passes.count) of \(trading.count) desks \(passes.count == 1 ? "passes" : "pass") all of \(whose): "
      + "\(listed(names(passes), most: 6)).\(byEstimatorAlone(passes))"
  }

  /// How many desks pass with the event and how many at severity 0, by all but recovery, which is asked after an event; nil where
  /// that is not known of all.
  var inCalm: String? {
    let trading = judged.filter(\.trades)
    let others = lines.filter { $0.criterion.measure != Measures.Recovery().name }
    let known = trading.map { scene in others.filter { $0.desk == scene.desk.desk } }
    guard !isCounted, trading.count > 1, let event = trading.first?.scenario.eventWord, !event.isEmpty,
      known.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.calm != nil } })
    else { return nil }
    func passing(_ verdict: (CriterionLine) -> CriterionLine.Verdict?) -> [Bool] {
      known.map { $0.allSatisfy { [.pass, .nothingToJudge].contains(verdict($0)) } }
    }
    let (stressed, calm) = (passing(\.verdict), passing(\.calm))
    let (with, without) = (stressed.count { $0 }, calm.count { $0 })
    func named(_ isMeant: (Bool, Bool) -> Bool, _ place: String) -> String? {
      let found = trading.indices.filter { isMeant(stressed[$0], calm[$0]) }.map { trading[$0] }
      return found.isEmpty ? nil : "\(listed(names(found), most: 4)) \(place)"
    }
    let turned = [named({ $0 && !$1 }, "with it alone"), named({ !$0 && $1 }, "without it alone")].compactMap { $0 }
    let who = turned.isEmpty ? "" : " (\(turned.joined(separator: "; ")))"
    let left = others.count < lines.count ? "Leaving recovery out, which is asked after an event, " : ""
    let counts =
      "\(with) of \(trading.count) desks \(with == 1 ? "passes" : "pass") with \(event), and \(without) without\(who)."
    return left.isEmpty ? counts : left + counts
  }

  /// Which of those that pass would not by the bare share of those back, behind a blank; empty where none is.
  private func byEstimatorAlone(_ passes: [DeskScene]) -> String {
    let marked = passes.filter { isMarked($0) }
    guard !marked.isEmpty else { return "" }
    let told = marked.map { scene in
      "\(names([scene])[0]) by its probability of recovery, \(scene.desk.recovery.valueText(.percent)) (†): back were "
        + "\(RecoveryNote.bare(scene).figureText(.percent))"
    }
    return " Of these \(listed(told, most: 3))."
  }
}
