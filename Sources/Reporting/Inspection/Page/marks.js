// Elements, and what is lit and chosen.

function make(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function draw(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

/** Attributes of an element; `on…` listens, `null` and `false` are left out. Text is only ever put in as text. */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...present(children));
  return element;
}

const present = (children) => children.filter((child) => child !== null && child !== undefined);

/** Gives an element these children, and no others. */
function put(element, ...children) {
  element.replaceChildren(...present(children));
}

/** A list of boxes in tenths of a point as one path. */
function boxPath(tenths) {
  let path = '';
  for (let i = 0; i + 3 < tenths.length; i += 4) {
    const [x0, y0, x1, y1] = [tenths[i] / 10, tenths[i + 1] / 10, tenths[i + 2] / 10, tenths[i + 3] / 10];
    path += `M${x0} ${y0}H${x1}V${y1}H${x0}Z`;
  }
  return path;
}

function boxRect([, x0, y0, x1, y1], attributes = {}, grow = 0) {
  return draw('rect', {
    x: x0 - grow, y: y0 - grow, width: Math.max(x1 - x0, 0.5) + 2 * grow, height: Math.max(y1 - y0, 0.5) + 2 * grow, ...attributes,
  });
}

const placesOn = (places, page) => (places ?? []).filter((place) => place.length === 5 && place[0] === page);

// Lit: under the pointer or the focus. Chosen: what the detail is about, until something else is.
let lit = new Set();
let chosen = null;
let checkChosen = null;

/** Every element that stands for a value: in the record, on the page, in an equation. */
function elementsOf(pointer) {
  return document.querySelectorAll(`[data-pointers~="${CSS.escape(pointer)}"]`);
}

/** Lights up values by their pointers, and nothing else. */
function light(pointers, kind = 'lit') {
  for (const element of document.querySelectorAll(`.${kind}`)) element.classList.remove(kind);
  for (const pointer of pointers) {
    for (const element of elementsOf(pointer)) element.classList.add(kind);
  }
  if (kind === 'lit') lit = new Set(pointers);
}

/** What is lit while nothing is pointed at: the cells of the chosen check, or the chosen value. */
function lightChosen() {
  light(checkChosen ? checkChosen.pointers : chosen ? [chosen] : []);
}

/** Makes a value the one that the detail is about, and says it. */
function choose(pointer, { scrolls = true, speaks = true } = {}) {
  chosen = pointer;
  checkChosen = null;
  light(pointer ? [pointer] : [], 'chosen');
  lightChosen();
  drawDetail();
  const field = now().field.get(pointer);
  if (!field) return;
  if (scrolls) showPlace(field.places);
  if (speaks) {
    speak(say('spoken', { name: nameOf(pointer), value: shown(field) || say('none'), state: say(`state.${stateOf(field)}`), place: placeWords(field.places) }));
  }
}

/** Puts what a pointing device or the focus is on into the light. */
function followPointing(root) {
  const pointersAt = (event) => event.target.closest?.('[data-pointers]')?.dataset.pointers.split(' ');
  root.addEventListener('pointerover', (event) => {
    const pointers = pointersAt(event);
    if (!pointers) return;
    light(pointers);
    drawDetailSoon(pointers[0]);
    clearTimeout(restSoon);
    if (event.pointerType === 'mouse') restSoon = setTimeout(() => showOther(root, pointers[0]), 300);
  });
  root.addEventListener('pointerout', (event) => {
    if (!pointersAt(event)) return;
    clearTimeout(restSoon);
    lightChosen();
    drawDetailSoon(null);
  });
}

let restSoon;

/** Brings the other side of what the pointer rests on into view, where the panes stand side by side; what is seen stays. */
function showOther(root, pointer) {
  if (getComputedStyle(panels).overflowY === 'visible') return;
  if (root !== paper) return showPlace(now().field.get(pointer)?.places);
  const cell = valueCells().find((one) => one.dataset.pointers === pointer);
  if (cell?.offsetParent) scrollNear(cell);
}

let detailSoon;

/** With the next frame, so that the light is there at once, and what is passed over quickly costs nothing. */
function drawDetailSoon(pointer) {
  if (detailSoon === undefined) requestAnimationFrame(() => {
    drawDetail(detailSoon);
    detailSoon = undefined;
  });
  detailSoon = pointer;
}

/** Arrow keys among `items()`, of which one is in the tab order. */
function roam(root, items, step) {
  root.addEventListener('keydown', (event) => {
    const item = event.target.closest?.('[data-roam]');
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = items();
    const next = step(all, all.indexOf(item), event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(all, next);
  });
}

function moveTo(all, next) {
  for (const item of all) if (item.tabIndex === 0) item.tabIndex = -1;
  next.tabIndex = 0;
  next.focus({ preventScroll: true });
  scrollNear(next);
}

/** Scrolls the pane of an element so far that it is seen, and no farther; nothing but that pane moves. */
function scrollNear(element, pane = element.closest('.panels, #paper')) {
  if (!pane) return;
  const [box, frame] = [element.getBoundingClientRect(), pane.getBoundingClientRect()];
  const isStacked = getComputedStyle(pane).overflowY === 'visible';
  if (isStacked) return element.scrollIntoView({ block: 'nearest' });
  if (box.top < frame.top + 24) pane.scrollTop += box.top - frame.top - frame.height / 4;
  else if (box.bottom > frame.bottom - 24) pane.scrollTop += box.bottom - frame.bottom + frame.height / 4;
  if (box.left < frame.left) pane.scrollLeft += box.left - frame.left - 24;
  else if (box.right > frame.right) pane.scrollLeft += box.right - frame.right + 24;
}
