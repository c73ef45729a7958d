import Drawing
import HTTPTypes

/// Scripts, styles and the icon: files of ours, inside the program.
enum AssetFiles {
  static let operation = Operation.page(
    "/assets/{file}", "A script or a style sheet",
    parameters: [Parameter("file", in: .path, .name, "its name", example: "style.css")], isOpen: true
  ) { call in
    let name = "\(call.name("file"))"
    guard let bytes = contents(name) else { throw Failure.notFound("there is no \(name)") }
    return Reply(.bytes(bytes, type: type(of: name)))
  }

  private static func contents(_ name: String) -> [UInt8]? {
    name == "report.css" ? Array(PageStyle.rules.utf8) : Assets.files[name]
  }

  private static func type(of name: String) -> String {
    name.hasSuffix(".css")
      ? "text/css; charset=utf-8"
      : name.hasSuffix(".js") ? "text/javascript; charset=utf-8" : "image/svg+xml"
  }
}
