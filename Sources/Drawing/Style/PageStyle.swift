/// The page's style sheet: light and dark, wide and narrow, screen and print.
package enum PageStyle {
  /// The rules, the charts' included; no `<` and no `&`.
  ///
  /// A wide page shows the contents list though its menu is closed, by `::details-content`. A browser that does not know
  /// that drops each rule that names it, and so keeps the menu.
  package static let rules =
    """
    :root{color-scheme:light;\(Theme.light.declarations)}
    @media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;\(Theme.dark.declarations)}}
    :root[data-theme=dark]{color-scheme:dark;\(Theme.dark.declarations)}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:56px}
    @media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 \(ChartStyle.fonts);\
    font-variant-numeric:tabular-nums;overflow-wrap:break-word}
    .page{max-width:1640px;margin:0 auto;padding:24px 20px 36px}
    header h1{font-size:30px;line-height:1.2;margin:4px 0 6px}
    .eyebrow,.sub,.note,.foot,.say,caption{color:var(--muted)}
    .eyebrow{margin:0;font-size:14px}
    h2{font-size:24px;line-height:1.25;margin:56px 0 12px;padding-top:16px;border-top:1px solid var(--grid)}
    h3{font-size:20px;line-height:1.3;margin:40px 0 8px}
    h4{font-size:17px;margin:28px 0 8px}
    p{margin:0 0 12px;max-width:78ch}.finding{font-weight:700;line-height:1.35;margin:0 0 4px;max-width:none}.finding,.sub{overflow-wrap:anywhere}.sub{font-size:14px;line-height:1.4;margin:0 0 6px;max-width:none}
    .note{font-size:14px}ul{padding-left:22px}li{margin:0 0 6px;max-width:78ch}
    a{color:inherit;text-decoration-color:var(--axis);text-underline-offset:3px}
    :focus-visible{outline:2px solid var(--fg);outline-offset:2px}main:focus-visible{outline:none}
    .skip{position:absolute;top:-60px;left:8px;z-index:3;padding:8px 12px;background:var(--bg);border:1px solid var(--axis)}\
    .skip:focus{top:8px}
    button{font:inherit;font-size:14px;color:var(--fg);background:var(--surface);border:1px solid var(--axis);\
    border-radius:6px;padding:4px 12px;cursor:pointer;float:right}
    .verdict{font-size:20px;line-height:1.45;max-width:70ch;margin:16px 0}
    .keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:12px;margin:20px 0;padding:0;\
    list-style:none}
    .keys li{background:var(--surface);border-radius:8px;padding:12px 14px;margin:0;display:flex;flex-direction:column}
    .keys .what{font-size:14px;color:var(--muted)}.keys .big{font-size:26px;font-weight:700;line-height:1.3}
    .keys .range,.keys .who{font-size:14px}.keys li{min-width:0;overflow-wrap:anywhere}.keys .who{color:var(--muted)}
    nav{font-size:14px;position:sticky;top:0;z-index:2;background:var(--bg);border-bottom:1px solid var(--grid)}
    nav summary{padding:10px 0;font-weight:600}nav details>ul{max-height:70vh;overflow-y:auto;padding:4px 4px 12px}
    nav ul{list-style:none;margin:0;padding:0}nav li{margin:0 0 4px;overflow-wrap:anywhere}\
    nav ul ul{padding-left:12px;margin:4px 0 10px}nav ul ul a{color:var(--muted)}
    nav a{text-decoration:none}nav a:hover{text-decoration:underline}
    .grid{display:grid;gap:36px 32px;grid-template-columns:minmax(0,1fr);margin:16px 0}
    figure{margin:0;min-width:0}
    .plot{border-radius:4px;touch-action:pan-y;container-type:inline-size;min-width:0}
    svg.chart.w{display:none}
    @container(min-width:560px){svg.chart.w{display:block}svg.chart.w+svg.chart.n{display:none}}
    .compact .plot{max-width:600px}
    .say{flex:1 1 14em;min-width:0;font-size:13px;line-height:21px;min-height:21px}
    .foot{font-size:14px;display:flex;flex-direction:row-reverse;justify-content:flex-end;flex-wrap:wrap;gap:0 16px;align-items:baseline}
    .foot details[open]{flex:1 1 100%;min-width:0}summary{cursor:pointer}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:14px}tbody th{overflow-wrap:anywhere;min-width:9ch}caption{text-align:left;font-size:13px;padding:4px 0}
    th,td{padding:5px 10px;text-align:right;vertical-align:top;border-bottom:1px solid var(--grid)}
    thead th{color:var(--muted);font-weight:600;vertical-align:bottom}
    th:first-child,.words td{text-align:left}tbody th{font-weight:600}.cards th.long{min-width:26ch;overflow-wrap:anywhere}.cards th,.cards td{padding:3px}
    .data{font-size:13px}.data th,.data td{padding:2px 8px;white-space:nowrap}.data tbody th{font-weight:400}
    .words th,.words td{white-space:normal;text-align:left}.words{width:100%}
    td small{display:block;color:var(--muted);font-size:12.5px;white-space:nowrap}td small.said{white-space:normal;min-width:11ch}.cards td small{font-size:12px}
    .swatch{display:inline-block;width:11px;height:11px;border-radius:3px;background:var(--c);margin-right:7px}
    code{font:13px/1.5 ui-monospace,'SF Mono',Consolas,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
    pre{background:var(--surface);padding:12px 14px;border-radius:8px;overflow-x:auto;white-space:pre-wrap}
    dl{display:grid;grid-template-columns:fit-content(30ch) minmax(0,1fr);gap:4px 18px;margin:12px 0}dt{color:var(--muted);overflow-wrap:anywhere}\
    dd{margin:0}
    .hidden{position:absolute;width:0;height:0;overflow:hidden}
    @media(min-width:1180px){.page{display:grid;grid-template-columns:184px minmax(0,1fr);gap:0 28px}\
    header{grid-column:1/-1;display:flex;flex-wrap:wrap;align-items:baseline;gap:0 16px}.page{padding-top:5px}header h1{font-size:27px;margin:0 0 2px;order:-1}header button{order:1}.eyebrow{margin-right:auto}html{scroll-padding-top:16px}\
    nav{align-self:start;max-height:100vh;overflow-y:auto;padding:20px 4px;border:0}nav details>ul{max-height:none;overflow:visible}\
    nav details::details-content{content-visibility:visible}nav summary,nav summary::details-content{display:none}\
    .grid{grid-template-columns:repeat(2,minmax(0,1fr));row-gap:0}\
    figure{display:grid;grid-template-columns:minmax(0,1fr);grid-template-rows:subgrid;grid-row:span 3;margin-bottom:16px}figure.wide{grid-column:1/-1}figure.wide .plot{max-width:900px}\
    main>section:first-child h2{margin-top:0}}
    @media(max-width:700px){.page{padding:16px 14px 48px}header h1{font-size:25px}.verdict{font-size:18px}\
    .keys{grid-template-columns:repeat(auto-fit,minmax(150px,1fr))}.keys .big{font-size:22px}\
    dl{grid-template-columns:minmax(0,1fr)}dd{margin:0 0 8px}}
    @media screen and (max-width:1000px){.cards,.cards tbody,.cards tr,.cards th,.cards td{display:block;border:0}.cards thead{display:none}.cards caption{display:block}\
    .cards tbody{display:grid;gap:12px;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr))}\
    .cards tr{background:var(--surface);border-radius:8px;padding:10px 12px;margin:0}\
    .cards tbody th,.cards th.long{padding:0 0 6px;min-width:0}\
    .cards td{display:flex;justify-content:space-between;gap:12px;padding:3px 0;text-align:right;overflow-wrap:anywhere}\
    .cards td *{min-width:0}.cards td small{white-space:normal}\
    .cards td::before{content:attr(data-label);color:var(--muted);text-align:left;flex:0 0 auto;max-width:55%}}
    @media print{:root,:root:not([data-theme=light]),:root[data-theme=dark]{color-scheme:light;\(Theme.light.declarations)}\
    @page{margin:14mm 14mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt \(ChartStyle.fonts);color:#52606D}}\
    body{font-size:9.5pt;line-height:1.4}.page{display:block;padding:0}nav,button,.skip,.say,.foot{display:none}\
    p,li,.verdict{max-width:none;orphans:3;widows:3}.verdict{font-size:12pt}\
    header h1{font-size:18pt}h2{font-size:14pt;margin:20pt 0 6pt;padding-top:8pt}h3{font-size:12pt;margin:14pt 0 4pt}h4{font-size:10.5pt}\
    figure,.keys li,tr,caption{break-inside:avoid}h1,h2,h3,h4,caption,thead{break-after:avoid}thead{display:table-header-group}\
    .grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:10pt 12pt;margin:6pt 0}\
    figure{display:block;margin:0}figure.wide{grid-column:1/-1}.finding{font-size:9pt}.sub,.note{font-size:7.5pt}\
    .keys{grid-template-columns:repeat(3,1fr)}.keys li{overflow-wrap:break-word;padding:0}.keys li *{font-size:8pt}.keys .big{font-size:14pt}\
    .swatch{print-color-adjust:exact;width:.8em;height:.8em;margin-right:.4em}tbody th{min-width:11ch}thead th{overflow-wrap:anywhere;min-width:6ch}\
    .scroll{overflow:visible}table{width:100%;font-size:7.5pt}th,td{padding:2pt 3pt}td small,.cards td small{font-size:6.5pt;white-space:normal}\
    .data th,.data td{white-space:normal}.cards th.long,td small.said{min-width:0}pre{font-size:7.5pt}code{font-size:inherit}a{text-decoration:none}}

    """ + ChartStyle.rules + SectionStyle.rules
}
