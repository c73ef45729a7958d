import Documents

/// The history models that a scenario can name; a new one is one file and one line here.
package enum HistoryModels {
  /// All of them.
  package static let catalogue = Catalogue<any HistoryModel>(
    "history",
    .entry("stationaryBootstrap", StationaryBootstrap.form, "blocks of recorded rows, of geometric length") { $0 },
    .entry("circularBlockBootstrap", CircularBlockBootstrap.form, "blocks of recorded rows, all of one length") { $0 },
    .entry("replay", HistoryReplay.form, "recorded rows as they are, the same on every path") { $0 },
    .entry("paths", PathReplay.form, "paths that another program made, each as it is") { $0 },
  )
}

extension FieldKind where Value == any OpenedHistory {
  /// A history model; its files are read at once, and what is wrong there is reported with the rest.
  static var recordedHistory: FieldKind {
    let model = FieldKind<any HistoryModel>.model(HistoryModels.catalogue)
    return FieldKind(model.type, schema: model.schema, values: model.values) { node, reading in
      guard let model = model.read(node, reading) else { return nil }
      do throws(Problems) {
        let opened = try model.open()
        reading[HasRecordedVolume.self] = opened.hasVolume
        return opened
      } catch {
        reading.report(error, ofFileAt: node["file"] ?? node)
        return nil
      }
    }
  }
}
