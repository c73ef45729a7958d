/// The files of `Assets` by their names, as SwiftPM embeds them.
enum Assets {
  static let files: [String: [UInt8]] = [
    "icon.svg": PackageResources.icon_svg
  ]
}
