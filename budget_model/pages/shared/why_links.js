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
