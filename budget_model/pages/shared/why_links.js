if (!window.whyIsFollowed) {
  window.whyIsFollowed = true;
  const plain = event => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  const copied = text => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    return Promise.resolve();
  };
  const follow = address => {
    history.pushState(null, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
  // Who follows a link by keyboard goes along: into the panel, to the field that changes the number, and back to where the way began.
  // When the panel is drawn anew, as it is once its cell in the workbook is found, what was unfolded and chosen there stays so.
  const PANEL = ".why-panel", FIELD = ".st-key-cell_entry input";
  let begunAt = "", goesTo = "", chosen = "";
  const unfolded = new Set();
  const inPanel = one => one.closest?.(PANEL);
  const unfolds = part => `${location.search} ${part.firstElementChild.innerText}`;
  const goAlong = (link, byKeyboard) => {
    if (link.matches(".close")) [...document.querySelectorAll("a.why")].find(one => one.ariaLabel === begunAt)?.focus();
    else if (link.matches(".go")) goesTo = FIELD;
    else if (byKeyboard) goesTo = PANEL;
    if (!inPanel(link)) begunAt = link.ariaLabel;
  };
  window.addEventListener("pointerdown", () => { goesTo = ""; }, true);
  window.addEventListener("focusin", event => {
    chosen = event.target.matches(FIELD) ? FIELD : inPanel(event.target) ? event.target.innerText : "";
  });
  window.addEventListener("toggle", event => {
    if (inPanel(event.target)) unfolded[event.target.open ? "add" : "delete"](unfolds(event.target));
  }, true);
  window.addEventListener("animationstart", event => {
    if (event.animationName !== "comes") return;
    const come = event.target;
    for (const part of come.querySelectorAll("details")) part.open ||= unfolded.has(unfolds(part));
    const left = document.activeElement;
    if (come.matches(goesTo || null) || (chosen === FIELD && come.matches(FIELD) && left.matches(`body, ${FIELD}`))) {
      goesTo = "";
      come.focus();
    } else if (chosen && left === document.body) [...come.querySelectorAll("a, button, summary")].find(one => one.innerText === chosen)?.focus();
  });
  // A bar of a chart says which figure it is.
  window.addEventListener("pointerdown", event => {
    const chart = event.target.closest?.(".js-plotly-plot");
    if (!chart || chart.opensReasons) return;
    chart.opensReasons = true;
    chart.on("plotly_click", clicked => {
      const figure = clicked.points.find(point => typeof point.customdata === "string")?.customdata;
      if (!figure) return;
      const address = new URL(location.href);
      address.searchParams.delete("why");
      address.searchParams.append("why", figure);
      follow(address);
    });
  }, true);
  window.addEventListener("click", event => {
    const link = event.target.closest?.("a.why");
    if (link && plain(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      goAlong(link, !event.detail);
      follow(link.href);
      return;
    }
    const button = event.target.closest?.("[data-why]");
    if (!button) return;
    if (button.dataset.why === "print") {
      document.body.classList.add("prints-why");
      window.print();
      document.body.classList.remove("prints-why");
    } else {
      copied(document.querySelector(".why-text").textContent).then(() => { button.textContent = "Copied"; });
    }
  }, true);
  window.addEventListener("keydown", event => {
    const close = document.querySelector(".why-panel a.close");
    if (event.key === "Escape" && close && !event.defaultPrevented && !event.target.closest?.("input, textarea")) close.click();
  });
}
