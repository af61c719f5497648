// What a dotted term means, beside it: while it is pointed at or has the focus, and when it is tapped.
if (!window.termsSayTheirMeaning) {
  window.termsSayTheirMeaning = true;
  const GAP = 6, LEAVE = 250; // pixels; milliseconds for the pointer to come from the term to its meaning
  let box, shown, leaving;
  const termOf = target => target?.closest?.(".term[data-meaning]");
  const hide = () => {
    clearTimeout(leaving);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    if (box.isConnected) box.hidePopover();
  };
  const show = term => {
    clearTimeout(leaving);
    if (term === shown) return;
    hide();
    if (!box?.isConnected) {
      box = Object.assign(document.createElement("div"), { id: "meaning-of-a-term", className: "meaning", popover: "manual" });
      box.setAttribute("role", "tooltip");
      document.querySelector("[data-testid=stApp]").append(box);
    }
    const { meaning } = term.dataset, end = meaning.indexOf(". ");
    box.replaceChildren(Object.assign(document.createElement("strong"), { textContent: meaning.slice(0, end) }), meaning.slice(end));
    box.showPopover();
    const at = term.getBoundingClientRect(), { width, height } = box.getBoundingClientRect();
    const below = at.bottom + GAP + height < innerHeight;
    box.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
    box.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - height)}px`;
    term.setAttribute("aria-describedby", box.id);
    shown = term;
  };
  const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, LEAVE); };
  window.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType !== "mouse") return;
    const term = termOf(target);
    if (term) show(term);
    else if (box?.contains(target)) clearTimeout(leaving);
    else if (shown) leave();
  }, true);
  window.addEventListener("click", ({ target }) => { const term = termOf(target); if (term) show(term); else if (!box?.contains(target)) hide(); }, true);
  window.addEventListener("focusin", ({ target }) => { const term = termOf(target); if (term?.matches(":focus-visible")) show(term); else hide(); });
  window.addEventListener("scroll", hide, true);
  window.addEventListener("keydown", event => {
    const term = termOf(event.target);
    if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopImmediatePropagation();
      hide();
    } else if (term && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show(term);
    }
  }, true);
}
