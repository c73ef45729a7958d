/// The style sheet of the charts, the same in the page and in a file of its own.
package enum ChartStyle {
  /// The typefaces of page and charts.
  static let fonts = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"

  /// The rules for the marks; colours come from the theme's custom properties.
  package static let rules: String = {
    var rules = """
      svg.chart{display:block;width:100%;height:auto;font-family:\(fonts);font-size:13px;font-variant-numeric:tabular-nums;\
      overflow:hidden}
      .chart text{fill:var(--fg)}.chart .t{fill:var(--muted)}
      .chart .e{text-anchor:end}.chart .c{text-anchor:middle}
      .chart .b{font-weight:600}
      .chart .k{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
      .chart path,.chart line{fill:none;stroke-linejoin:round}
      .chart .g{stroke:var(--grid);stroke-width:1}.chart .x{stroke:var(--axis);stroke-width:1}
      .chart .o{fill:var(--c);fill-opacity:.16;stroke:none}.chart .i{fill:var(--c);fill-opacity:.3;stroke:none}
      .chart .f{fill:var(--c);stroke:none}.chart .h{fill:var(--bg);stroke:var(--c);stroke-width:2}
      .chart .m{stroke:var(--c);stroke-width:2}.chart .n{stroke:var(--c);stroke-width:1.5}
      .chart .p{stroke:var(--c);stroke-width:.75;stroke-opacity:.8}
      .chart .u{fill:url(#hatch);stroke:none}.chart .v{fill:var(--bg);stroke:none}
      .chart .bar{stroke:var(--c);stroke-width:1}
      .chart .bars{stroke:var(--c);stroke-width:3.5}
      .chart .w{fill:var(--fg);fill-opacity:.06;stroke:none}
      .chart .r{stroke:var(--muted);stroke-width:1;stroke-dasharray:4 3}
      .chart .d{stroke-dasharray:6 4}.chart .d2{stroke-dasharray:2 3}.chart .d3{stroke-dasharray:9 3 2 3}
      .chart .z{stroke:var(--muted);stroke-width:1}
      .chart .q2{stroke:var(--fg);stroke-width:1}
      .chart .q{stroke:var(--fg);stroke-width:1;display:none}
      .chart .y{fill:transparent;stroke:none;outline-offset:-2px}
      .chart .j{stroke:var(--fg);stroke-width:3.4;stroke-linecap:round}
      .chart .j0{stroke:var(--bg);stroke-width:5.4;stroke-linecap:round}
      .s0{--c:var(--muted)}
      """
    for index in 1...Theme.seriesCount { rules += ".s\(index){--c:var(--s\(index))}" }
    for index in 0..<Theme.divergingCount { rules += ".k\(index){--c:var(--k\(index))}" }
    return rules
  }()

  /// The hatching of what is not known, drawn once in each document that uses it.
  package static let hatch = Markup(
    "defs", [:],
    [
      Markup(
        "pattern",
        [
          "id": "hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
          "patternTransform": "rotate(45)",
        ], [Markup("path", ["d": "M1 0v6", "style": "stroke:var(--axis);stroke-width:1.2;fill:none"])])
    ])

  /// What a chart in a file of its own carries: both themes, chosen by the reader's system.
  static let standalone =
    "svg{\(Theme.light.declarations);background:var(--bg)}"
    + "@media(prefers-color-scheme:dark){svg{\(Theme.dark.declarations)}}" + rules
    + ".chart .title{font-size:16px;font-weight:700}.chart .subtitle{font-size:14px;fill:var(--muted)}"
}
