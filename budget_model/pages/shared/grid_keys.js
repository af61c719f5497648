// Keys typed into a grid sooner than it takes them are given to it one by one. What is in the way: grid_keys.py.
if (!window.gridKeysWait) {
  window.gridKeysWait = true;
  const LONGEST = 3000; // milliseconds that a key waits for what it needs
  const GRID = "[data-testid=stDataFrame]", PINNED = "td[id^=glide-cell-0-][aria-readonly=false]";
  const keys = [];
  let giving = false, fetched = false;
  if ("EDITOR") import(new URL("./static/js/EDITOR", document.baseURI)).catch(() => {});

  const timers = () => new Promise(done => setTimeout(done));
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const until = async (holds, most = LONGEST) => {
    const end = performance.now() + most;
    do await drawn(); while (!holds() && performance.now() < end);
    return holds();
  };
  const inEditor = part => Boolean(part?.closest?.("#portal"));
  const open = () => inEditor(document.activeElement);
  const press = (key, part) => part.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true, composed: true }));

  const type = async (text, field) => {
    if (!open()) field.focus();
    document.execCommand("insertText", false, text);
    await until(() => open() || !field.isConnected);
  };
  const end = async (key, field) => {
    const text = field.matches("textarea"), closed = () => !field.isConnected; // a list of choices may stay open
    await timers(); // each key before left one, which would close the editor without its text if it came after this key
    press(key, field);
    if (await until(closed, text ? LONGEST : 0) || !text) return;
    press(key, field); // the grid was busy and did not hear it
    await until(closed);
  };
  const give = async key => {
    const field = document.querySelector("#portal textarea, #portal input"), types = key.key.length === 1;
    if (field) return types ? type(key.key, field) : end(key, open() ? document.activeElement : field);
    const pinned = types && key.key !== " " && document.activeElement.matches(PINNED);
    press(pinned ? { key: "Enter" } : key, document.activeElement);
    const opened = await until(() => !types || open());
    if (pinned && opened) {
      document.activeElement.select();
      await type(key.key, document.activeElement);
    }
  };
  const go = async () => {
    giving = true;
    try {
      if (!keys.length) await until(open); // the first key of all is on its way to the grid
      while (keys.length) await give(keys.shift());
    } finally {
      giving = false;
    }
  };

  window.addEventListener("keydown", event => {
    const { key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey, target, isTrusted, isComposing } = event;
    if (!isTrusted || isComposing || ctrlKey || altKey || metaKey) return;
    const ends = inEditor(target) && ((key === "Enter" && !shiftKey) || key === "Tab");
    const first = !fetched && !giving && target.closest?.(GRID) && (key.length === 1 || key === "Enter");
    const pinned = key.length === 1 && key !== " " && target.matches?.(PINNED);
    if (giving || ends || pinned) {
      event.preventDefault();
      event.stopImmediatePropagation();
      keys.push({ key, code, keyCode, shiftKey });
    }
    if (!giving && (ends || first || pinned)) go();
  }, true);
  window.addEventListener("focusin", ({ target }) => fetched ||= inEditor(target));
}
