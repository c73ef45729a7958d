import Drawing
import Lab

/// How a trained agent learned, and how it was judged meanwhile.
struct LearningPart: PageSection {
  let scene: TrainedScene

  func body(_ page: inout PageBuilder) -> [Markup] {
    let record = scene.record
    var parts = [page.heading(2, "How it learned", (scene.words + ["learning"]).joined(separator: " "))]
    var wishes: [PageBuilder.Wish] = []
    if let chart = TrainingReturnChart(scene) {
      wishes.append(PageBuilder.Wish(chart: chart, words: scene.words + ["learning-curve"], rank: .leading))
    } else if record.learning == nil {
      parts.append(
        Markup(
          "p",
          text: record.hasUnreadableLog
            ? "There is no learning curve: the training.csv in its folder cannot be read, or no episode ends in it."
            : "There is no learning curve: its folder holds no training.csv."))
    } else {
      parts.append(Markup("p", text: "There is no learning curve: the log of its training has one point."))
    }
    if let chart = ValidationChart(scene) {
      wishes.append(PageBuilder.Wish(chart: chart, words: scene.words + ["validation"], rank: .leading))
    } else {
      parts.append(Markup("p", text: "There is no validation curve: none, or a single one, is on record."))
    }
    return parts + page.grid(wishes)
  }
}
