// The dialog of finder.py: opened by Ctrl+K or a button, moved through by arrow keys, left by Enter or Escape.
if (!window.findsByName) {
  window.findsByName = true;
  const MOST = 60, WORK = ["scenario", "version", "draft"];
  let dialog, field, list, every = [], shown = [], at = 0;
  const made = (tag, given = {}, ...inner) => {
    const part = Object.assign(document.createElement(tag), given);
    part.append(...inner);
    return part;
  };
  const build = () => {
    field = made("input", { type: "text", placeholder: "Find a line, site, source, page, term or action", autocomplete: "off", spellcheck: false });
    list = made("ul", { id: "finder-list" });
    const about = { role: "combobox", "aria-label": "Find", "aria-controls": list.id, "aria-expanded": "true", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(about)) field.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    dialog = made("dialog", { className: "finder" }, field, list, made("p", {}, "Arrow keys choose, Enter goes there, Esc closes."));
    dialog.setAttribute("aria-label", "Find");
    field.addEventListener("input", () => find());
    dialog.addEventListener("keydown", pressed);
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog) dialog.close();
      const place = [...list.children].indexOf(target.closest("[role=option]"));
      if (place >= 0) go(shown[place]);
    });
    document.querySelector("[data-testid=stApp]").append(dialog);
  };
  // How well an entry fits the words typed: 0 by the beginning of its name, 1 by that of a word, 2 by any part; -1 where one is missing.
  const fit = ([name, kind], words) => {
    const own = name.toLowerCase(), all = `${own} ${kind.toLowerCase()}`;
    if (!words.every(word => all.includes(word))) return -1;
    return own.startsWith(words.join(" ")) ? 0 : words.every(word => ` ${own}`.includes(` ${word}`)) ? 1 : 2;
  };
  const find = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const ranked = every.map(entry => [words.length ? fit(entry, words) : 0, entry]).filter(([rank]) => rank >= 0);
    shown = ranked.sort(([one], [other]) => one - other).slice(0, MOST).map(([, entry]) => entry);
    list.replaceChildren(...shown.map(([name, kind], place) => {
      const option = made("li", { id: `finder-${place}` }, made("span", {}, name), made("small", {}, kind));
      option.setAttribute("role", "option");
      return option;
    }));
    if (!shown.length) list.append(made("li", { className: "none" }, "Nothing has all of these words. Try a part of the name."));
    choose(0);
  };
  const choose = place => {
    at = Math.max(0, Math.min(place, shown.length - 1));
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", index === at));
    field.setAttribute("aria-activedescendant", shown.length ? `finder-${at}` : "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const pressed = event => {
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 };
    event.stopPropagation(); // the keys of the page behind are not meant
    if (event.key in moves) choose(moves[event.key]);
    else if (event.key === "Enter" && !event.isComposing && shown[at]) go(shown[at]);
    else return;
    event.preventDefault();
  };
  const go = ([, , leadsTo]) => {
    dialog.close();
    if (leadsTo.startsWith("!")) {
      const buttons = [...document.querySelectorAll("[data-testid=stSidebar] button")];
      buttons.find(button => button.textContent.startsWith(leadsTo.slice(1)))?.click();
      return;
    }
    const here = new URL(location.href), there = new URL(leadsTo, location.href);
    if (leadsTo.startsWith("?")) for (const [key, value] of here.searchParams) if (key !== "why") there.searchParams.append(key, value);
    for (const key of WORK) if (here.searchParams.has(key)) there.searchParams.set(key, here.searchParams.get(key));
    history.pushState(null, "", there);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
  const open = () => {
    const opener = document.querySelector(".finder-opens");
    if (!opener || dialog?.open) return;
    if (!dialog?.isConnected) build();
    every = JSON.parse(opener.dataset.entries);
    field.value = "";
    dialog.showModal();
    find();
  };
  window.addEventListener("click", ({ target }) => { if (target.closest?.(".finder-opens")) open(); });
  window.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault(); // in some browsers the key is that of the address
    event.stopImmediatePropagation();
    if (!document.querySelector("#portal textarea, #portal input")) open(); // an entry being typed into a grid is not left
  }, true);
}
