/// The rules of single sections: the decision table, tables that hold sentences, rows of small charts, and what of them changes
/// on paper.
enum SectionStyle {
  /// No `<` and no `&`.
  static let rules = """
    main>section:first-child h2{margin:0 0 3px;font-size:21px;padding-top:0;border-top:0}main>section:first-child>p{margin-bottom:6px}
    .verdict,.verdicts{font-size:15px;line-height:1.4;margin:6px 0}.verdict,.verdicts li{max-width:none}.full{max-width:none}
    .decision table{width:100%}.decision th,.decision td{text-align:left;padding:0 3px}.decision td,.decision tbody th{font-size:13.5px;line-height:22px}.decision td small{font-size:11.5px}.decision thead th{line-height:1.25}.decision sup{line-height:0}
    .decision td span{white-space:nowrap;flex:none}.decision td small,.told td small.within{display:inline}.decision thead th{font-size:11.5px}.decision .mark{display:inline-block;width:1.1em;font-weight:700}.decision .doubted{width:1.4em}
    .setting{font-size:12.5px;line-height:1.35;gap:0 14px;margin:0 0 6px}.told-first{font-size:14px;line-height:1.33}.spread .cards td,.spread .cards th+th{padding-left:16px;text-align:left}.facts{font-size:14px;line-height:1.38;margin-top:6px}.moves{font-size:14px;line-height:1.4;max-width:none;margin:4px 0}.moves li{margin:2px 0}.decision caption{padding:4px;caption-side:bottom}.changes caption,.figures caption{caption-side:top}.figures td,.figures tbody th{font-size:12.5px}.figures td small{font-size:11px}.figures thead th{font-size:11.5px;line-height:1.25}.told th,.told td{text-align:left}.told td small:not(.said){white-space:nowrap}details{margin:8px 0}
    .agent{margin-top:9px}.agent>h3,.agent>h4{margin:0 0 4px}.agent>.note{max-width:none;margin:0 0 4px}@media(min-width:701px){.agent>h3,.agent>h3+.note{display:inline}.agent>h3{margin-right:10px}}.agent>.grid{margin:4px 0 0}
    .agent figure,.agent figure.wide{margin-bottom:4px}.agent figure.wide .plot{max-width:1000px}
    .film figure.wide .plot{max-width:940px}.decision+.note{margin-top:4px}.decision+p,.scroll+p{margin-top:8px}
    @media screen and (max-width:1000px){.decision td span{white-space:normal;flex:0 1 auto}}
    .limits{font-size:14px}.data td{white-space:normal}@media screen and (min-width:1001px){.cards tbody th:not(.long){white-space:nowrap}}
    @media(min-width:1180px){main p,main li{max-width:98ch}.full,.sub{max-width:none}.limits{columns:2;column-gap:44px}\
    .limits li{break-inside:avoid}main p{margin-bottom:6px}details{margin:5px 0}.cards tbody th,.cards td{padding:2px 3px}.decision tbody th,.decision tbody td{padding:0 3px}main h2{margin-top:10px;padding-top:8px}main h3{margin-top:12px}.grid{margin:5px 0}\
    figure,figure.wide{margin-bottom:8px}figure.wide .plot{max-width:720px}}
    @media print{.limits{columns:2}.decision td span{white-space:normal}.decision td,.decision tbody th,.decision thead th{font-size:7pt;line-height:1.3}.decision td small{font-size:6pt}}

    """
}
