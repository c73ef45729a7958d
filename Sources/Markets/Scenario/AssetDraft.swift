import Documents

/// An asset as a document has it, before it is known whether it has what its scenario needs.
struct AssetDraft: Sendable {
  let price: Double
  let process: (any PriceProcess)?
  let history: String?
  let liquidity: Liquidity

  static let form = Form(
    Field("price", .number(.currency, in: .between(1e-12, 1e12)), "price at t = 0"),
    Field("process", .optional(.model(PriceProcesses.catalogue)), "what moves the price; not beside \"history\""),
    Field(
      "history", .optional(.string), "the asset's name in the recorded file; beside the scenario's \"history\" only"),
    Field("liquidity", .form(Liquidity.form), "how much can be traded, and at what distance from the mid"),
    make: { AssetDraft(price: $0, process: $1, history: $2, liquidity: $3) })
}

extension FieldKind where Value == AssetDraft {
  /// An asset that has a process, or a name in the recorded file, as its scenario needs it.
  static var asset: FieldKind {
    .form(AssetDraft.form).then { asset, node, reading in
      func refuse(_ key: String, _ reason: String) {
        if let value = node.node(at: key) { reading.report("\(quoted(value.key)) \(reason)", at: value) }
      }
      if reading[IsRecorded.self] {
        refuse("process", "does not go together with the scenario's \"history\": recorded bars move the price")
        if reading[HasRecordedVolume.self] {
          refuse("liquidity/volumePerDay", "does not go together with \"history\": recorded bars bring their volume")
        } else if asset.liquidity.volumePerDay == nil, let liquidity = node["liquidity"] {
          reading.report("\"volumePerDay\" is missing: the recorded file has no column of volumes", at: liquidity)
        }
        refuse(
          "liquidity/spreadVarianceShare",
          "does not go together with \"history\": of recorded bars no variance is expected")
        refuse("liquidity/volumeVolatility", "does not go together with \"history\": recorded bars bring their volume")
        if asset.history == nil {
          reading.report("\"history\" is missing: the asset's name in the recorded file", at: node)
        }
      } else {
        refuse("history", "needs the scenario's \"history\", which names the recorded file")
        if asset.process == nil { reading.report("\"process\" is missing: what moves the price", at: node) }
        if asset.liquidity.volumePerDay == nil, let liquidity = node["liquidity"] {
          reading.report("\"volumePerDay\" is missing: mean units traded in a day", at: liquidity)
        }
      }
    }
  }
}

extension FieldKind where Value == Named<AssetDraft> {
  /// Assets by name, as `ScenarioTables` leaves them where a file has them.
  static var assets: FieldKind {
    var kind = FieldKind.named(
      .asset, names: .declaring("asset", reserved: [Contagion.market: "all assets"]), count: 1...64)
    let byName = kind.schema
    kind.schema = { definitions in
      .anyOf([
        byName(definitions).orExtension,
        .object(
          [
            ("file", FieldKind<String>.filePath.schema(definitions).with("description", .string(ScenarioTables.file))),
            ("every", JSONSchema([JSONMember("type", "object")]).with("description", .string(ScenarioTables.every))),
          ], required: ["file"]),
      ])
    }
    return kind
  }
}

extension Node {
  /// The last component of the node's pointer.
  fileprivate var key: String { JSONPointer.components(path).last ?? "" }
}
