"""The style sheet of links to reasons and of the panel *Why this number*: beside the page, over it where that is narrow, and on paper."""

CSS = """
<style>
a.why { color: inherit; text-decoration: none; }
.sheet td a.why { display: block; }
a.why:hover, a.why:focus-visible { text-decoration: underline; text-underline-offset: 0.2em; }
[class*="st-key-card"] { position: relative; }
[class*="st-key-card"] :is([data-testid="stElementContainer"], [data-testid="stHtml"]) { position: static; }
[class*="st-key-card"] a.why { position: absolute; right: 0.7rem; bottom: 0.5rem; font-size: 0.8rem; color: var(--link); }
[class*="st-key-card"] p.quiet { font-size: 0.85rem; line-height: 1.35; margin-top: 0.3rem; }
[class*="st-key-card"] p.quiet:last-of-type { margin-bottom: 1.1rem; }
[class*="st-key-card"] a.why::after { content: ""; position: absolute; right: -0.7rem; bottom: -0.5rem; width: 12rem; height: 2.6rem; }
.st-key-why_panel { position: fixed; z-index: 90; top: 3.75rem; right: 0; bottom: 0; width: 26rem; overflow-y: auto;
  padding: 0 1.1rem 1.5rem; background: var(--panel); border-left: 1px solid var(--edge); }
.why-panel { font-size: 0.92rem; line-height: 1.4; font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere; }
@keyframes comes { from { --came: 0; } }
.why-panel, .st-key-cell_entry input { animation: comes 1ms; }
.why-panel:focus { outline: none; }
.why-panel .top { display: flex; gap: 0.5rem; position: sticky; top: 0; padding-block: 0.7rem 0.4rem; z-index: 1;
  background: var(--panel); }
.why-panel nav { flex: 1; font-size: 0.85rem; }
.why-panel .to { margin-inline: 0.3rem; color: var(--quiet); }
.why-panel a { color: var(--link); }
.why-panel a.why { text-decoration: underline; text-decoration-color: var(--edge); text-underline-offset: 0.2em; }
.why-panel a.close { text-decoration: none; padding: 0 0.5rem; font-size: 1.1rem; line-height: 1.6rem; }
.why-panel h2 { font-size: 1.15rem; padding: 0.2rem 0; margin: 0; }
.why-panel .when { font-weight: 400; white-space: nowrap; color: var(--quiet); }
.why-panel h3 { font-size: 0.95rem; padding: 0.9rem 0 0.1rem; margin: 0; }
.why-panel p { margin: 0.25rem 0; }
.why-panel .value { font-size: 1.6rem; line-height: 1.2; }
.why-panel .how { color: var(--quiet); }
.why-panel .values { font-weight: 600; }
.why-panel table { width: 100%; border-collapse: collapse; margin-top: 0.4rem; }
.why-panel th, .why-panel td { border: 0; border-bottom: 1px solid var(--rule); padding: 0.22rem 0.2rem;
  vertical-align: top; }
.why-panel th { text-align: left; font-weight: 400; }
.why-panel thead th { font-weight: 600; }
.why-panel .n { text-align: right; white-space: nowrap; padding-left: 0.6rem; }
.why-panel .under { display: block; color: var(--quiet); font-size: 0.88em; }
.why-panel details { margin-top: 0.4rem; }
.why-panel th details { margin: 0; }
.why-panel ul { list-style: none; margin: 0.2rem 0; padding: 0; }
.why-panel li { display: flex; justify-content: space-between; gap: 0.6rem; padding: 0.1rem 0; margin: 0; }
.why-panel li span { white-space: nowrap; }
.why-panel dl { padding: 0; display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 0.8rem; margin: 0.5rem 0; }
.why-panel dl dt { color: var(--quiet); margin: 0; padding: 0; }
.why-panel dl dd { margin: 0; padding: 0; }
.why-panel a.go, .why-panel button { display: inline-block; font: inherit; padding: 0.3rem 0.9rem; border-radius: 0.4rem; cursor: pointer;
  border: 1px solid var(--link); color: var(--link); background: none; text-decoration: none; }
.why-panel .tools { margin-top: 1rem; display: flex; gap: 0.5rem; }
@media (max-width: 1150px) {
  .st-key-why_panel { box-shadow: -4px 0 16px rgba(0, 0, 0, 0.25); }
}
@media (max-width: 640px) {
  .st-key-why_panel { left: 0; width: auto; border-left: 0; }
}
@media print {
  .st-key-why_panel { position: static; width: auto; overflow: visible; border: 0; box-shadow: none; }
  .why-panel .tools, .why-panel .close { display: none; }
  .prints-why [data-testid="stMainBlockContainer"] > div > :not(:has(.why-panel)) { display: none !important; }
}
</style>
"""
# Comes with the panel: a rule on all pages that asks whether it is there costs each of them a tenth of a lever's time.
ROOM = '<style>@media screen and (min-width: 1151px) { [data-testid="stMain"] { padding-right: 26rem; } }</style>'
