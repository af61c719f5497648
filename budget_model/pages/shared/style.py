"""The style sheet of what the dashboard draws itself: summary sentences and tables in the County's form.

It hides the CSV download of the grids: Streamlit writes texts there as they stand, and a spreadsheet reads one that begins
like a formula as a formula. The page Downloads has the same figures in files that are safe to open.
"""

from __future__ import annotations

CSS = """
<style>
[data-testid="stMainBlockContainer"] { padding-top: 4rem; padding-bottom: 3rem; padding-inline: 2.5rem; max-width: 1240px; }
[data-testid="stFullScreenFrame"]:has(> [data-testid="stPlotlyChart"]) { width: round(down, 100%, 1px) !important; }
.brand { font-family: "Source Serif", Georgia, serif; font-weight: 600; font-size: 1.25rem; line-height: 1.2; }
.brand small { display: block; font: 400 0.85rem "Source Sans", sans-serif; color: var(--quiet); margin-top: 0.15rem; }
.lead { font-size: 1.15rem; line-height: 1.5; max-width: 62rem; margin: 0; text-wrap: pretty; }
.say { margin: 0; line-height: 1.45; max-width: 62rem; }
p.alert, .strip.alert p:first-child { margin: 0; font-weight: 600; color: var(--alert); }
.strip { font-size: 0.85rem; margin-block: 0.6rem 0.4rem; }
.strip p + p { margin-top: 0.4rem; }
[class*="st-key-status_strip"] { border-left: 4px solid var(--edge); padding-left: 0.7rem; column-gap: 1rem; row-gap: 0.2rem; }
[class*="st-key-status_strip"] button { padding-inline: 0.5rem; }
.st-key-status_strip_draft { border-left-color: var(--alert); }
.jumped-to { scroll-margin-top: 8rem; }
.quiet { margin: 0; color: var(--quiet); font-size: 0.92rem; }
.quiet a { color: var(--link); }
.moved { margin: 0; color: var(--link); font-size: 0.92rem; font-weight: 600; }
.sheet { overflow-x: auto; }
.sheet table { border-collapse: separate; border-spacing: 0; width: 100%; }
.sheet table { font-size: 0.92rem; font-variant-numeric: tabular-nums lining-nums; }
.sheet caption { text-align: left; color: var(--quiet); padding-bottom: 0.4rem; }
.sheet th, .sheet td { padding: 0.3rem 0.6rem; border: 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
.sheet thead th, .sheet thead td { font-weight: 600; border-bottom: 2px solid var(--edge); vertical-align: bottom; }
.sheet th { text-align: left; font-weight: 400; }
.sheet .n { text-align: right; white-space: nowrap; }
.sheet .s { white-space: nowrap; }
.sheet .set-off { background: rgba(128, 140, 150, 0.1); }
.sheet thead .n { white-space: normal; }
.sheet a { color: var(--link); }
.sheet td:last-child.n { font-weight: 600; }
.sheet tr.total th, .sheet tr.total td { font-weight: 600; border-top: 1px solid currentColor; }
.sheet tr.alert th, .sheet tr.alert td { font-weight: 600; color: var(--alert); }
.sheet tbody th { min-width: 11rem; }
.sheet th:first-child, .sheet td:first-child, .sheet .kept { position: sticky; left: 0; background: var(--page); }
.sheet .kept { left: auto; right: 0; }
.sheet.plain td:last-child { font-weight: 400; }
.sheet.register { max-height: 40rem; overflow-y: auto; border-bottom: 1px solid var(--edge);
  box-shadow: inset 0 -1.2rem 1rem -1rem var(--edge); }
.sheet.register thead th { position: sticky; top: 0; background: var(--page); z-index: 1; }
.sheet.register thead th:first-child { z-index: 2; }
.sheet.register td:last-child { min-width: 16rem; overflow-wrap: anywhere; }
.sheet.register .under { white-space: normal; }
.sheet .under { display: block; color: var(--quiet); font-size: 0.93em; }
.sheet tr.alert .under { font-weight: 400; }
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.6rem; margin-top: 0.6rem; font-size: 0.88rem; }
.legend ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 0.1rem 1rem; }
.legend li { margin: 0; padding: 0; display: flex; align-items: center; gap: 0.4rem; font-size: inherit; }
.legend li.group { font-weight: 600; }
.legend i { flex: none; width: 1.5rem; border-top: 3px var(--line, solid) var(--hue); }
.legend i.dash { --line: dashed; }
.legend i.dot { --line: dotted; }
.legend i.longdash, .legend i.longdashdot { border: 0; height: 3px; print-color-adjust: exact;
  background: repeating-linear-gradient(90deg, var(--hue) 0 10px, transparent 0 14px); }
.legend i.longdashdot {
  background: repeating-linear-gradient(90deg, var(--hue) 0 9px, transparent 0 12px, var(--hue) 0 15px, transparent 0 18px); }
.legend i.area { width: 0.95rem; height: 0.95rem; border: 1px solid var(--edge); background: var(--over, none) var(--hue);
  print-color-adjust: exact; --cut: #FFFFFF 0 1.5px, transparent 1.5px 5px; }
.legend i.rising { --over: repeating-linear-gradient(135deg, var(--cut)); }
.legend i.falling { --over: repeating-linear-gradient(45deg, var(--cut)); }
.legend i.crossed { --over: repeating-linear-gradient(135deg, var(--cut)), repeating-linear-gradient(45deg, var(--cut)); }
.legend i.lying { --over: repeating-linear-gradient(0deg, var(--cut)); }
.legend i.upright { --over: repeating-linear-gradient(90deg, var(--cut)); }
.legend i.checked { --over: repeating-linear-gradient(0deg, var(--cut)), repeating-linear-gradient(90deg, var(--cut)); }
.legend i.dotted { --over: radial-gradient(#FFFFFF 1px, transparent 1.5px) 0 0 / 5px 5px; }
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > script:only-child) { display: none; }
/* Streamlit keeps a chart below the one that takes its place until the page is whole. */
[class*="st-key-chart-"][data-stale="false"] + [class*="st-key-chart-"][data-stale="true"] { display: none; }
.effect { width: 100%; margin-block: 1rem; border-collapse: collapse; font-size: 0.8rem; font-variant-numeric: tabular-nums lining-nums; }
.effect caption { text-align: left; font-size: 0.8rem; color: var(--quiet); padding-bottom: 0.2rem; }
.effect th, .effect td { border: 0; padding: 0 0.15rem; text-align: right; white-space: nowrap; }
.effect thead th { font-weight: 600; border-bottom: 1px solid var(--edge); }
.effect tbody th { text-align: left; font-weight: 600; padding-top: 0.3rem; }
.effect td:last-child { font-weight: 600; }
[data-testid^="stBaseButton-primary"]:enabled, [data-testid^="stBaseButton-primary"]:enabled *,
[data-testid="stMultiSelectTagsContainer"] span * { color: var(--on-primary) !important; }
[data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"], [data-testid="stTextAreaRootElement"],
[data-testid="stSelectbox"] [data-baseweb="select"] > div, [data-testid="stMultiSelect"] [data-baseweb="select"] > div {
  border-color: var(--edge); }
[data-testid="stButtonGroup"] [role="toolbar"] { flex-wrap: wrap; overflow: visible; mask-image: none; }
[aria-label="Clear all"] { min-width: 24px; min-height: 24px; }
[data-testid="stElementToolbarButton"]:has([aria-label^="Download as CSV"]) { display: none; }
[data-testid="stCaptionContainer"] { opacity: 1; }
[data-testid="stCaptionContainer"] p { opacity: 1; color: var(--quiet); }
[data-testid="stSidebar"] [data-testid="stExpanderDetails"] [data-testid="stCaptionContainer"] { margin-top: -0.5rem; }
[data-testid="stMetricLabel"] p { white-space: normal; }
[data-testid="stSidebar"] [data-testid="stExpander"] summary { padding-block: 0.3rem; }
.st-key-cell_entry [data-testid="stBaseButton-tertiary"]:enabled p { color: var(--link); text-decoration: underline; }
@media (min-width: 1151px) and (min-height: 700px) { /* what a long column moves stays in sight beside it */
  :is(.st-key-levers_beside, .st-key-line_beside) [data-testid="stColumn"]:last-child > [data-testid="stVerticalBlock"] {
    position: sticky; top: 4.5rem; height: fit-content; }
}
@media (max-width: 1150px) {
  /* What follows the one that is chosen has no left edge, in the next row too. */
  [data-variant="segmented_control"][aria-checked="false"] { border-color: var(--rule) !important; }
  [data-testid="stMainBlockContainer"] { padding-inline: 1.5rem; }
  .sheet table { font-size: 0.84rem; }
  .sheet th, .sheet td { padding: 0.3rem 0.3rem; }
  .sheet tbody th { min-width: 8rem; }
  .sheet.dense table { font-size: 0.74rem; }
  .sheet.dense th, .sheet.dense td { padding-inline: 0.18rem; }
}
@media (min-width: 1151px) {
  .sheet:not(.dense) thead .n { min-width: 5.2rem; }
}
@media (min-width: 641px) and (max-width: 1150px) {
  [data-testid="stTopNavLink"] { padding-inline: 0.2rem; margin: 0; font-size: 0.78rem; }
  [data-testid="stTopNav"] .rc-overflow-item > div { margin: 0; }
}
@media (max-width: 640px) {
  [data-testid="stExpandSidebarButton"] { width: auto; }
  [data-testid="stExpandSidebarButton"]::after { content: "Pages and scenario"; font-size: 0.95rem; padding-inline: 0.3rem; }
  .lead { font-size: 1.05rem; }
  .sheet tbody th { min-width: 6.5rem; overflow-wrap: anywhere; }
  .sheet th.kept, .sheet td.kept { border-left: 1px solid var(--edge); padding-left: 0.5rem; box-shadow: -0.5rem 0 0.5rem var(--page); }
  .sheet.wordy thead { display: none; }
  .sheet.wordy table, .sheet.wordy tbody { display: block; }
  .sheet.wordy tr { display: grid; grid-template-columns: 1fr 1fr; column-gap: 1.2rem; padding-block: 0.5rem;
    border-bottom: 1px solid var(--edge); }
  .sheet.wordy tr.total { border-top: 2px solid var(--edge); }
  .sheet.wordy caption { display: block; }
  .sheet.wordy tr th, .sheet.wordy tr td { position: static; border: 0; padding: 0.1rem 0; min-width: 0; grid-column: 1 / -1; }
  .sheet.wordy th { order: -2; font-weight: 600; padding-bottom: 0.25rem; }
  .sheet.wordy tr td { display: flow-root; padding-left: 8.5rem; text-align: left; white-space: normal; }
  .sheet.wordy tr td.kept { order: -1; border: 0; }
  .sheet.wordy td::before { content: attr(data-head); float: left; width: 8rem; margin-left: -8.5rem; color: var(--quiet);
    font-weight: 400; line-height: 1.3; padding-top: 0.1rem; }
  .sheet.wordy tr td.n { grid-column: auto; display: flex; flex-wrap: wrap; justify-content: space-between; padding-left: 0; }
  .sheet.wordy td.n::before { float: none; width: auto; max-width: 60%; margin: 0; }
  .sheet.wordy td.n .under { flex-basis: 100%; text-align: right; }
  .sheet.wordy tr:not(:has(td.n ~ td.n)) td.n { grid-column: 1 / -1; display: flow-root; padding-left: 8.5rem; }
  .sheet.wordy tr:not(:has(td.n ~ td.n)) td.n .under { text-align: left; }
  .sheet.wordy tr:not(:has(td.n ~ td.n)) td.n::before { float: left; width: 8rem; max-width: none; margin-left: -8.5rem; }
  .sheet.wordy tr td:empty { display: none; }
  .sheet.wordy .under { font-weight: 400; }
}
@media (max-width: 1150px) {
  .sheet.register table { font-size: 0.78rem; }
  .sheet.register td:last-child { min-width: 8rem; }
  .sheet.register td.s { white-space: normal; }
}
@media screen { /* charts are drawn in the theme of the page when it came, which may change while it is open */
  .js-plotly-plot .main-svg text:not(.hoverlayer text) { fill: currentColor !important; }
  .js-plotly-plot :is(.gridlayer path, .zerolinelayer path, [class*="lines-"]) { stroke: var(--rule) !important; }
}
.on-paper, .sheet.on-paper { display: none; }
@media print {
  @page { size: letter landscape; margin: 1.4cm 1.2cm; }
  .on-paper, .sheet.on-paper { display: block; margin: 0; }
  [class*="st-key-sites-grid"], .st-key-figure, .st-key-split { display: none; }
  .sheet.on-paper td { white-space: normal; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .stButton, .stDownloadButton,
  [data-testid="stPopover"], [data-testid="stPageLink"], [data-testid="stCheckbox"], [data-testid="stTooltipIcon"],
  [class*="st-key-status_strip"], [class*="st-key-card"] a.why,
  [data-testid="stLayoutWrapper"]:has(> [data-testid="stExpander"] > details:not([open])) { display: none !important; }
  html { font-size: 12.5px !important; }
  html, body { background: transparent !important; }
  [data-testid="stApp"] { color-scheme: light !important; }
  [data-testid="stApp"], [data-testid="stApp"] *:not(.legend i) { background-color: transparent !important; }
  [data-testid="stApp"] *:not(.alert, .alert *, .quiet, .under) { color: var(--ink) !important; }
  .main-svg text { fill: var(--ink) !important; }
  [data-testid="stButtonGroup"] [aria-checked="true"] * { font-weight: 700 !important; }
  [data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
  [data-testid="stApp"], [data-testid="stMain"], [data-testid="stAppViewContainer"] { position: static; overflow: visible; height: auto; }
  [data-testid="stMainBlockContainer"], [data-testid="stMain"] [data-testid="stVerticalBlock"] { display: block; }
  [data-testid="stVerticalBlock"] > * { margin-bottom: 0.7rem; }
  [data-testid="stElementContainer"]:has([data-testid="stFullScreenFrame"]) { height: auto !important; break-inside: avoid; }
  [data-testid="stFullScreenFrame"] { display: inline-block; zoom: 0.66; height: auto !important; }
  [data-testid="stElementContainer"]:has(h1, h2, .legend, .say, [data-testid="stButtonGroup"],
  [data-testid="stSelectbox"]) { break-after: avoid; }
  .sheet tr, .sheet thead, [data-testid="stMetric"],
  [data-testid="stElementContainer"]:has(.say, [data-testid="stSelectbox"], [data-testid="stButtonGroup"]) { break-inside: avoid; }
  .sheet { overflow: visible; max-height: none; }
  .sheet table { font-size: 0.85rem; }
  .sheet th, .sheet td { padding-block: 0.15rem; }
  .sheet th:first-child, .sheet td:first-child, .sheet .kept, .sheet.register thead th { position: static; }
  .quiet, .lead { orphans: 3; widows: 3; }
}
</style>
"""
BRAND = '<div class="brand">LEAD Budget Modeler<small>Law Enforcement Assisted Diversion, LA County</small></div>'
