"""The style sheet of what helps on a first day: dotted terms, the dialog that finds, Start here."""

_LINK, _GROUND, _LINE = "light-dark(#1F5A7A, #8CC6E3)", "light-dark(#FFFFFF, #1C262E)", "rgba(128, 140, 150, 0.45)"
CSS = f"""
<style>
.term {{ text-decoration: underline dotted; text-decoration-color: rgba(128, 140, 150, 0.9); text-underline-offset: 0.2em; cursor: help; }}
.term:focus-visible {{ outline: 2px solid {_LINK}; outline-offset: 2px; border-radius: 0.2rem; }}
a.why.there {{ color: {_LINK}; text-decoration: underline; text-underline-offset: 0.2em; white-space: nowrap; }}
.meaning {{ position: fixed; margin: 0; max-width: min(24rem, calc(100vw - 1.5rem)); padding: 0.5rem 0.7rem; border-radius: 0.3rem;
  font-size: 0.92rem; line-height: 1.4; font-weight: 400; text-align: left; white-space: normal; color: inherit;
  background: {_GROUND}; border: 1px solid {_LINE}; box-shadow: 0 4px 16px rgba(0, 0, 0, 0.2); }}
.finder-opens {{ display: inline-flex; gap: 0.6rem; align-items: center; font: inherit; color: {_LINK}; cursor: pointer;
  white-space: nowrap; background: none; border: 1px solid {_LINE}; border-radius: 0.3rem; padding: 0.2rem 0.7rem; }}
.finder kbd, .finder-opens kbd {{ font-size: 0.8em; opacity: 0.8; padding: 0; border: 0; background: none; color: inherit; }}
.finder {{ width: min(38rem, calc(100vw - 2rem)); margin-top: 12vh; padding: 0; border: 1px solid {_LINE}; border-radius: 0.4rem;
  color: inherit; background: {_GROUND}; box-shadow: 0 8px 32px rgba(0, 0, 0, 0.3); }}
.finder::backdrop {{ background: rgba(0, 0, 0, 0.35); }}
.finder input {{ width: 100%; box-sizing: border-box; font: inherit; font-size: 1.1rem; padding: 0.8rem 1rem; border: 0; outline: 0;
  border-bottom: 1px solid {_LINE}; color: inherit; background: none; }}
.finder ul {{ list-style: none; margin: 0; padding: 0.3rem; max-height: 55vh; overflow-y: auto; }}
.finder li {{ display: flex; justify-content: space-between; gap: 1rem; margin: 0; padding: 0.35rem 0.7rem;
  border-radius: 0.3rem; cursor: pointer; }}
.finder li small {{ opacity: 0.75; white-space: nowrap; }}
.finder li[aria-selected=true] {{ background: light-dark(#DBE8F0, #1F3A4A); }}
.finder li.none {{ cursor: default; }}
.finder p {{ margin: 0; padding: 0.4rem 1rem 0.6rem; font-size: 0.85rem; opacity: 0.75; border-top: 1px solid {_LINE}; }}
.st-key-start_here h2 {{ font-size: 1.15rem; padding: 0; margin: 0 0 0.4rem; }}
.st-key-start_here ol {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 0.3rem 1.2rem; margin: 0;
  padding: 0; list-style: none; counter-reset: step; }}
.st-key-start_here li {{ counter-increment: step; margin: 0; padding: 0; }}
.st-key-start_here li a.why {{ font-weight: 600; color: {_LINK}; text-decoration: underline; text-underline-offset: 0.2em; }}
.st-key-start_here li a.why::before {{ content: counter(step) ". "; }}
@media (max-width: 640px) {{
  .st-key-start_here ol {{ grid-template-columns: 1fr; }}
  .st-key-start_here li p {{ display: none; }}
  .finder-opens kbd {{ display: none; }}
}}
@media print {{
  .term {{ text-decoration: none; }}
  .finder-opens, .st-key-start_here {{ display: none; }}
}}
</style>
"""
