"""The style sheet of the presentation, which that page alone holds: it hides what stands around other pages."""

from __future__ import annotations

CSS = """
<style>
.slide-foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5rem 2rem; font-size: 1rem; opacity: 0.9; }
.slide-foot nav { display: flex; gap: 1.2rem; }
.slide-foot a.why { color: var(--link); text-decoration: underline; text-underline-offset: 0.2em; }
.st-key-presentation h1 { font-size: clamp(1.6rem, 3.2vw, 3rem); padding: 0; }
.st-key-presentation .lead { font-size: clamp(1.1rem, min(1.7vw, 2.7vh), 1.6rem); max-width: none; }
@media screen {
  [data-testid="stApp"] :is([data-testid="stSidebar"], [data-testid="stHeader"], [class*="st-key-status_strip"]) { display: none; }
  [data-testid="stMain"] [data-testid="stMainBlockContainer"] { max-width: none; min-height: 100dvh; padding: 1.5rem 3vw;
    display: flex; flex-direction: column; }
  /* The chart takes what its words leave of the screen, however long they are. */
  [data-testid="stVerticalBlock"]:has(> [data-testid="stLayoutWrapper"] > .st-key-presentation),
  [data-testid="stLayoutWrapper"]:has(> :is(.st-key-presentation, .st-key-slide)) { flex: 1 0 auto; }
  .st-key-slide { position: relative; min-height: 16rem; }
  .st-key-slide > [data-testid="stElementContainer"] { position: absolute; inset: 0; }
  .st-key-slide :is([data-testid="stFullScreenFrame"], [data-testid="stPlotlyChart"]) { height: 100%; }
}
@media (max-width: 640px) {
  .st-key-slide { min-height: 22rem; }
}
@media print {
  .slide-foot nav { display: none; }
}
</style>
"""
