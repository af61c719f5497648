if (!window.presentationTurns) {
  window.presentationTurns = true;
  const WAYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "prev", PageUp: "prev", Escape: "up" };
  window.addEventListener("keydown", event => {
    const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    const foot = document.querySelector(".slide-foot");
    if (!foot || defaultPrevented || ctrlKey || metaKey || altKey || !(key in WAYS) || target.closest?.("input, textarea, dialog")) return;
    if (key === " " && target.closest?.("a, button")) return;
    if (key === "Escape" && document.querySelector(".why-panel")) return; // which it closes first
    event.preventDefault();
    foot.querySelector(`a[rel=${WAYS[key]}]`)?.click();
  });
}
