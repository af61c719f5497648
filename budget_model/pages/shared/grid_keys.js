// What is typed into a grid is taken by it, cell after cell, however busy the page is. What is in the way: grid_keys.py.
if (!window.gridKeysWait) {
  window.gridKeysWait = true;
  const LONGEST = 3000; // milliseconds that a key waits for what it needs
  const SENT = 150; // so long Streamlit holds back what was entered
  const BEGUN = 500; // so long after that its run has begun
  const SETTLED = 400; // twice as long after a move the grid has marked its selected cell for screen readers
  const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Tab: [1, 0], Enter: [0, 1] };
  const STAYS = ["Enter", "Delete", "Backspace", "Escape", "Shift", "Control", "Alt", "Meta"];
  const GRID = "[data-testid=stDataFrame]";
  const steps = []; // keys that wait, each as what gives it to the grid
  let giving = false, fetched = false, looking = null;
  let grid = null, cell = null, shown = null; // where the cursor stands: a grid, its cell [column, line] where that is sure, what it shows
  let edited = null; // the open editor of a cell, and the cell and the key with which it was closed
  let gone = null; // the grid that was drawn anew, with what is to be put back
  let unsent = []; // what was entered just now, cell by cell; null where one was emptied
  if ("EDITOR") import(new URL("./static/js/EDITOR", document.baseURI)).catch(() => {});

  const timers = () => new Promise(done => setTimeout(done));
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const until = async (holds, most = LONGEST) => {
    const end = performance.now() + most;
    do await drawn(); while (!holds() && performance.now() < end);
    return Boolean(holds());
  };
  const inEditor = part => Boolean(part?.closest?.("#portal"));
  const open = () => inEditor(document.activeElement);

  // Keys are given one by one.
  const press = (key, target = document.activeElement) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true, composed: true }));
  const type = async (text, field = document.activeElement) => {
    if (!open()) field.focus();
    document.execCommand(text ? "insertText" : "delete", false, text);
    await until(() => open() || !field.isConnected);
  };
  const end = async (key, field) => {
    const text = field.matches("textarea"), closed = () => !field.isConnected;
    remember();
    if (edited) Object.assign(edited, { at: cell, by: key.key });
    cell = text ? moved(key) : null; // a list of choices may stay open
    lookLater();
    await timers(); // each key before left a timer, which would close the editor without its text if it came after this key
    press(key, field);
    if (await until(closed, text ? LONGEST : 0) || !text) return;
    press(key, field); // the grid was busy and did not hear it
    if (!await until(closed)) cell = null;
  };
  const adrift = () => grid && document.activeElement === document.body; // it is being drawn anew
  const give = key => async () => {
    const field = document.querySelector("#portal textarea, #portal input"), types = key.key.length === 1;
    if (field && types) return type(key.key, field);
    if (field) return end(key, open() ? document.activeElement : field);
    if (adrift()) await until(() => gone || !adrift());
    if (!gone && !adrift()) {
      press(key);
      await until(() => gone || !types || open());
    }
    if (gone && !gone.typing) steps.splice(1, 0, give(key)); // behind what is put back
    else if (types && !gone && adrift()) giveUp(key.key);
  };
  const go = async () => {
    giving = true;
    try {
      while (steps.length) await steps.shift()();
    } finally {
      giving = false;
    }
  };

  // What a grid shows, and which of its cells is selected: counted from key to key, for the grid marks it late.
  const numbers = id => id.split("-").slice(-2).map(Number);
  const shape = () => {
    const of = count => Number(grid.querySelector("table").getAttribute(count));
    const names = [...grid.querySelectorAll("td[id^=glide-cell-0-]")].map(one => [numbers(one.id)[1], one.textContent]);
    const title = grid.querySelector("[data-testid=stDataFrameResizable]")?.ariaLabel?.split(":")[0];
    return { title, columns: of("aria-colcount"), lines: of("aria-rowcount") - 1, names: Object.fromEntries(names) };
  };
  const remember = () => {
    if (grid?.querySelector("td")) shown = shape();
  };
  const moved = ({ key, shiftKey }) => {
    const [right, down] = MOVES[key].map(by => shiftKey ? -by : by), within = (at, most) => Math.max(0, Math.min(at, most - 1));
    return cell && [within(cell[0] + right, shown.columns), within(cell[1] + down, shown.lines)];
  };
  const cellOf = field => { // as the grid itself knows it from the first moment; it shows it nowhere
    let part = field[Object.keys(field).find(key => key.startsWith("__reactFiber$"))];
    while (part && !part.memoizedProps?.onFinishEditing) part = part.return;
    return part?.memoizedProps.cell;
  };
  const look = () => {
    const marked = grid?.isConnected ? grid.querySelectorAll("td[aria-selected=true]") : [];
    return marked.length === 1 ? marked[0].id : "";
  };
  const lookLater = () => { // a count is surer than the mark: it is read where a click or another key began anew, and twice
    if (cell) return;
    const mine = looking = {};
    let before = "";
    const again = () => setTimeout(() => {
      if (looking !== mine || cell) return;
      const now = look();
      if (now && now === before) cell = numbers(now);
      else if (now) again();
      before = now;
    }, SETTLED);
    again();
  };
  const follow = event => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event, alone = !ctrlKey && !altKey && !metaKey;
    remember();
    if (alone && (key === "Delete" || key === "Backspace")) hold(cell, null);
    if (key.length === 1 || STAYS.includes(key)) return;
    cell = key in MOVES && alone && (!shiftKey || key === "Tab") ? moved(event) : null;
    lookLater();
  };
  const rests = () => document.querySelector('[data-test-script-state="notRunning"]');
  const hold = async (at, text) => {
    const entry = { at, text };
    unsent.push(entry);
    await new Promise(done => setTimeout(done, SENT));
    if (text !== null && !gone) { // until the run that takes it is over: a grid that is replaced before may not be heard any more
      await new Promise(done => setTimeout(done, BEGUN));
      await until(rests, 10 * LONGEST);
    }
    unsent = unsent.filter(one => one !== entry);
  };

  // A grid that is drawn anew has forgotten its cursor, its open editor and what it held back: they are put back.
  const successor = () => [...document.querySelectorAll(GRID)].find(one =>
    one.querySelector("td") && one.querySelector(`[data-testid=stDataFrameResizable][aria-label^="${gone.shown.title}:"]`));
  const placed = at => {
    const was = gone.shown, is = grid?.querySelector("td") ? shape() : {}, name = at && was.names[at[1]];
    if (!at || is.columns !== was.columns || is.lines !== was.lines) return null;
    if (is.names[at[1]] === name || is.names[at[1]] === undefined) return at; // out of sight: a table that scrolls keeps its order
    const lines = Object.keys(is.names).filter(line => is.names[line] === name).map(Number);
    return lines.length > 1 ? null : [at[0], lines[0] ?? at[1]]; // none: a name that was not taken
  };
  const marked = ([column, line]) => grid?.querySelector(`[id="glide-cell-${column}-${line}"]`)?.ariaSelected === "true";
  const select = async to => {
    for (const [axis, back, on] of [[1, "ArrowUp", "ArrowDown"], [0, "ArrowLeft", "ArrowRight"]]) {
      while (cell && cell[axis] !== to[axis]) {
        await timers();
        press({ key: cell[axis] < to[axis] ? on : back });
      }
    }
    return await until(() => !cell || marked(to)) && Boolean(cell); // nothing is typed into a cell that is not sure
  };
  const enter = async (at, text, done) => {
    const to = placed(at);
    if (!to || !await select(to)) return false;
    press({ key: text === null ? "Delete" : "Enter" });
    if (text === null) return true;
    if (!await until(open)) return false;
    document.activeElement.select();
    await type(text);
    if (done) await end({ key: "Enter" }, document.activeElement);
    return true;
  };
  const isKnown = ({ at, text }) => { // taken, or refused: it stands beside the table then, to be corrected
    const to = placed(at), shown = to && grid.querySelector(`[id="glide-cell-${to.join("-")}"]`)?.textContent;
    return text !== null && (shown === text || [...document.querySelectorAll('input[aria-label^="Correct "]')].some(one => one.value === text));
  };
  const giveUp = text => { // with the keys that waited behind it, for they belong to cells after it
    const said = document.createElement("div"), what = text === null ? "A cell was emptied" : `"${text}" was typed`;
    const more = steps.splice(0).length ? " What was typed after it is lost too." : "";
    said.role = "alert";
    said.style = "position: fixed; inset: auto 1rem 1rem auto; z-index: 999999; padding: 1rem; background: #8a1c1c; color: #fff";
    said.textContent = `${what} while its table was drawn anew, and that is lost. Enter it again.${more} `;
    const button = said.appendChild(document.createElement("button"));
    button.textContent = "Understood";
    button.onclick = () => said.remove();
    document.body.append(said);
    gone = null;
  };
  const putBack = async () => {
    const { at, entries, typing } = gone, away = () => document.activeElement !== document.body;
    await until(() => rests() && successor(), 10 * LONGEST);
    grid = successor() ?? null;
    entries.splice(0, Infinity, ...entries.filter(entry => !isKnown(entry)));
    if (typing === null && !entries.length && (away() || !grid || !placed(at))) return gone = null;
    grid?.querySelector("td").focus({ preventScroll: true });
    cell = [0, 0];
    const again = grid && (() => grid ? false : steps.unshift(putBack)); // it was drawn anew once more
    for (; entries.length; entries.shift()) {
      const taken = await enter(entries[0].at, entries[0].text, true);
      if (again?.()) return;
      if (!taken) return giveUp(entries[0].text);
    }
    if (typing === null) placed(at) && await select(placed(at)); // unless a click has chosen another cell by now
    const taken = typing === null || await enter(at, typing, false);
    if (again?.()) return;
    if (!taken) return giveUp(typing);
    gone = null;
  };

  window.addEventListener("keydown", event => {
    const { key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey, target, isTrusted, isComposing } = event;
    const editing = inEditor(target), inGrid = !editing && target.closest?.(GRID);
    const ends = editing && ((key === "Enter" && !shiftKey) || key === "Tab"), alone = !ctrlKey && !altKey && !metaKey;
    const first = !fetched && !giving && alone && inGrid && (key.length === 1 || key === "Enter");
    if (isTrusted && !isComposing && (ends || (alone && (giving || adrift())))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      steps.push(give({ key, code, keyCode, shiftKey }));
    } else if (inGrid) follow(event);
    else if (edited && key === "Escape") edited.by = key;
    if (isTrusted && (ctrlKey || metaKey)) unsent = []; // undo is not undone
    if (isTrusted && first) steps.push(() => until(open));
    if (steps.length && !giving) go();
  }, true);
  window.addEventListener("focusin", ({ target }) => {
    fetched ||= inEditor(target);
    if (!inEditor(target)) grid = target.closest(GRID);
    else if (edited?.field !== target) {
      edited = { field: target, at: null, by: "" };
      cell = cellOf(target) ?? cell;
      remember();
    }
  });
  window.addEventListener("pointerdown", ({ target }) => {
    if (inEditor(target)) return;
    if (edited) Object.assign(edited, { at: cell, by: "pointer" });
    if (!target.closest(GRID)) [grid, unsent] = [null, []];
    cell = null;
    lookLater();
  }, true);
  new MutationObserver(() => {
    const closed = edited && !edited.field.isConnected ? edited : null;
    const text = closed?.field.matches("textarea") ? closed.field.value : null;
    if (closed) edited = null;
    if (text !== null && closed.by && closed.by !== "Escape") hold(closed.at, text);
    if (!grid || grid.isConnected || !shown) return;
    if (gone) gone.entries.push(...unsent.splice(0));
    else steps.unshift(putBack);
    gone ??= { shown, at: cell, entries: unsent.splice(0), typing: closed?.by ? null : text };
    grid = null;
    if (!giving) go();
  }).observe(document.body, { childList: true, subtree: true });
}
