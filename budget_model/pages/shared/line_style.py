"""The style sheet of the form of one line: beside its table where there is room, above it elsewhere."""

CSS = """
<style>
.st-key-line_form { background: light-dark(#F6F8FA, #18222A); border-radius: 0.4rem; padding: 0.8rem 1rem 1rem; }
.st-key-line_form [data-testid="stExpander"] details { background: light-dark(#FFFFFF, #12191F); }
.st-key-line_form [data-testid="stExpander"] :is([data-testid="stTextInput"], [data-testid="stSelectbox"]) {
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: center; column-gap: 0.8rem; }
.st-key-line_form [data-testid="stExpanderDetails"] [data-testid="stVerticalBlock"] { gap: 0.4rem; }
.st-key-line_form [data-testid="stExpanderDetails"] { padding-block: 0.2rem 0.8rem; }
.st-key-line_form [data-testid="stMultiSelect"] div:has(> [data-testid="stMultiSelectTagsContainer"]) { max-height: none; }
.st-key-line_form [data-testid="stBaseButton-tertiary"]:enabled p { color: var(--link); text-decoration: underline; }
.st-key-line_form p.saved { margin: 0; font-size: 0.92rem; font-weight: 600; color: light-dark(#1F5A7A, #8CC6E3); }
.st-key-line_form .quiet { overflow-wrap: anywhere; line-height: 1.35; }
[class*="st-key-evidence_row"] { flex-wrap: nowrap; align-items: flex-start; }
[class*="st-key-evidence_row"] button { padding-block: 0; min-height: 1.4rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-line_effect) { position: sticky; bottom: 0; z-index: 2; }
.st-key-line_effect { padding-block: 0.5rem; border-top: 1px solid rgba(128, 140, 150, 0.45);
  background: light-dark(#F6F8FA, #18222A); }
.st-key-line_effect .sheet :is(th, td):first-child { background: var(--panel); }
@media (max-width: 1150px) {
  .st-key-line_beside [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .st-key-line_form) { flex-wrap: wrap; }
  [data-testid="stColumn"]:has(.st-key-line_form), [data-testid="stColumn"]:has(.st-key-line_form) + * { min-width: 100%; }
}
@media (max-width: 640px) { /* a name is longer than half a phone */
  .st-key-line_form [data-testid="stExpander"] :is([data-testid="stTextInput"], [data-testid="stSelectbox"]) { display: block; }
}
@media (max-height: 700px), (max-width: 640px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-line_effect) { position: static; }
}
</style>
"""
