"""The style sheet of what the dashboard draws itself: summary sentences and tables in the County's form.

It hides the CSV download of the grids: Streamlit writes texts there as they stand, and a spreadsheet reads one that begins
like a formula as a formula. The page Downloads has the same figures in files that are safe to open.
"""

CSS = """
<style>
[data-testid="stMainBlockContainer"] { padding-top: 4rem; padding-bottom: 3rem; padding-inline: 2.5rem; max-width: 1240px; }
[data-testid="stFullScreenFrame"]:has(> [data-testid="stPlotlyChart"]) { width: round(down, 100%, 1px) !important; }
.brand { font-family: "Source Serif", Georgia, serif; font-weight: 600; font-size: 1.25rem; line-height: 1.2; }
.brand small { display: block; font: 400 0.85rem "Source Sans", sans-serif; opacity: 0.75; margin-top: 0.15rem; }
.lead { font-size: 1.15rem; line-height: 1.5; max-width: 62rem; margin: 0; text-wrap: pretty; }
.say { margin: 0; line-height: 1.45; max-width: 62rem; }
p.alert, .strip.alert p:first-child { margin: 0; font-weight: 600; color: light-dark(#A84700, #FF9B5E); }
.strip { font-size: 0.85rem; margin-bottom: 0.4rem; }
[class*="st-key-status_strip"] { border-left: 4px solid rgba(128, 140, 150, 0.5); padding-left: 0.7rem; column-gap: 1rem; row-gap: 0.2rem; }
[class*="st-key-status_strip"] button { padding-inline: 0.5rem; }
.st-key-status_strip_draft { border-left-color: light-dark(#A84700, #FF9B5E); }
.jumped-to { scroll-margin-top: 8rem; }
.quiet { margin: 0; opacity: 0.75; font-size: 0.92rem; }
.sheet { overflow-x: auto; }
.sheet table { border-collapse: separate; border-spacing: 0; width: 100%; }
.sheet table { font-size: 0.92rem; font-variant-numeric: tabular-nums lining-nums; }
.sheet caption { text-align: left; opacity: 0.75; padding-bottom: 0.4rem; }
.sheet th, .sheet td { padding: 0.3rem 0.6rem; border: 0; border-bottom: 1px solid rgba(128, 140, 150, 0.28); vertical-align: top; }
.sheet thead th { font-weight: 600; border-bottom: 2px solid rgba(128, 140, 150, 0.75); vertical-align: bottom; }
.sheet th { text-align: left; font-weight: 400; }
.sheet .n { text-align: right; white-space: nowrap; }
.sheet .s { white-space: nowrap; }
.sheet .set-off { background: rgba(128, 140, 150, 0.1); }
.sheet thead .n { white-space: normal; }
.sheet a { color: light-dark(#1F5A7A, #8CC6E3); }
.sheet td:last-child.n { font-weight: 600; }
.sheet tr.total th, .sheet tr.total td { font-weight: 600; border-top: 1px solid currentColor; }
.sheet tr.alert th, .sheet tr.alert td { font-weight: 600; color: light-dark(#A84700, #FF9B5E); }
.sheet tbody th { min-width: 11rem; position: sticky; left: 0; background: light-dark(#FFFFFF, #12191F); }
.sheet.plain td:last-child { font-weight: 400; }
.sheet.register { max-height: 40rem; overflow-y: auto; }
.sheet.register thead th { position: sticky; top: 0; background: light-dark(#FFFFFF, #12191F); z-index: 1; }
.sheet.register td:last-child { min-width: 16rem; overflow-wrap: anywhere; }
.sheet.register .under { white-space: normal; }
.sheet .under { display: block; opacity: 0.75; font-size: 0.93em; }
.sheet tr.alert .under { opacity: 1; font-weight: 400; }
.effect { width: 100%; margin-block: 1rem; border-collapse: collapse; font-size: 0.8rem; font-variant-numeric: tabular-nums lining-nums; }
.effect caption { text-align: left; font-size: 0.8rem; color: light-dark(#4A5862, #B5C1C9); padding-bottom: 0.2rem; }
.effect th, .effect td { border: 0; padding: 0 0.15rem; text-align: right; white-space: nowrap; }
.effect thead th { font-weight: 600; border-bottom: 1px solid rgba(128, 140, 150, 0.6); }
.effect tbody th { text-align: left; font-weight: 600; padding-top: 0.3rem; }
.effect td:last-child { font-weight: 600; }
[data-testid^="stBaseButton-primary"]:enabled, [data-testid^="stBaseButton-primary"]:enabled *,
[data-testid="stMultiSelectTagsContainer"] span * { color: light-dark(#FFFFFF, #0B1218) !important; }
[data-testid="stElementToolbarButton"]:has([aria-label^="Download as CSV"]) { display: none; }
[data-testid="stCaptionContainer"] { opacity: 1; }
[data-testid="stCaptionContainer"] p { opacity: 1; color: light-dark(#4A5862, #B5C1C9); }
[data-testid="stSidebar"] [data-testid="stExpanderDetails"] [data-testid="stCaptionContainer"] { margin-top: -0.5rem; }
[data-testid="stMetricLabel"] p { white-space: normal; }
[data-testid="stSidebar"] [data-testid="stExpander"] summary { padding-block: 0.3rem; }
@media (max-width: 1150px) {
  [data-testid="stMainBlockContainer"] { padding-inline: 1.5rem; }
  .sheet table { font-size: 0.84rem; }
  .sheet th, .sheet td { padding: 0.3rem 0.3rem; }
  .sheet tbody th { min-width: 8rem; }
  .sheet.dense table { font-size: 0.74rem; }
  .sheet.dense th, .sheet.dense td { padding-inline: 0.18rem; }
}
@media print {
  @page { margin: 1cm; }
  [data-testid="stPlotlyChart"], [data-testid="stDataFrame"] { zoom: 0.82; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .stButton, .stDownloadButton,
  [data-testid="stPopover"], [data-testid="stPageLink"] { display: none !important; }
  [data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
  [data-testid="stApp"], [data-testid="stMain"], [data-testid="stAppViewContainer"] { position: static; overflow: visible; height: auto; }
  .sheet, [data-testid="stPlotlyChart"], [data-testid="stMetric"] { break-inside: avoid; }
  .sheet { overflow: visible; max-height: none; }
  h2, h3, .say { break-after: avoid; }
}
</style>
"""
BRAND = '<div class="brand">LEAD Budget Modeler<small>Law Enforcement Assisted Diversion, LA County</small></div>'
