// The pages of the document, and the layers on them.

const layerKeys = { picture: '0', glyphs: '1', rulings: '2', lines: '3', words: '4', blocks: '5', tables: '6', cells: '7', fields: '8' };
const textLayers = ['lines', 'blocks', 'tables', 'cells', 'fields'];
const visible = new Set(['picture', 'tables', 'fields']);
const paper = document.getElementById('paper');
let zoom = 1;

function availableLayers() {
  return Object.keys(layerKeys).filter((name) => isPaged || textLayers.includes(name));
}

function toggleLayer(name) {
  if (!availableLayers().includes(name)) return;
  if (visible.has(name)) visible.delete(name);
  else visible.add(name);
  showLayers();
  const isOn = visible.has(name);
  speak(`${say(`layer.${name}`)}: ${isOn ? '✓' : '–'}`);
}

function showLayers() {
  for (const name of Object.keys(layerKeys)) paper.classList.toggle(`no-${name}`, !visible.has(name));
  for (const button of document.querySelectorAll('#layers button')) {
    button.setAttribute('aria-pressed', visible.has(button.dataset.layer));
  }
}

function drawLayerButtons() {
  document.getElementById('layers').replaceChildren(...availableLayers().map((name) => make('button', {
    type: 'button', class: `layer layer-${name}`, 'data-layer': name, 'aria-pressed': visible.has(name),
    'aria-keyshortcuts': layerKeys[name], title: `${say(`layer.${name}`)} (${layerKeys[name]})`, onclick: () => toggleLayer(name),
  }, make('i', { 'aria-hidden': 'true' }), say(`layer.${name}`), make('kbd', { 'aria-hidden': 'true' }, layerKeys[name]))));
}

/** The pages, once; layers are drawn into them for each stage. */
function drawPaper() {
  if (!isPaged) return drawText();
  if (!paper.querySelector('figure')) {
    for (const page of data.pages) {
      const figure = make('figure', { class: 'page', id: `page-${page.number}`, 'data-page': page.number });
      if (page.picture) figure.append(make('img', { src: page.picture, alt: '', draggable: 'false' }));
      figure.append(draw('svg', { viewBox: `0 0 ${page.width} ${page.height}`, preserveAspectRatio: 'none' }));
      const frame = make('div', { class: 'frame' });
      frame.style.setProperty('aspect-ratio', `${page.width} / ${page.height}`);
      frame.append(...figure.childNodes);
      figure.append(frame, make('figcaption'));
      paper.append(figure);
    }
  }
  const count = data.source.pages ?? data.pages.length;
  const state = now();
  for (const page of data.pages) {
    const figure = document.getElementById(`page-${page.number}`);
    const title = say('page-of', { n: page.number, count });
    figure.setAttribute('aria-label', title);
    figure.querySelector('figcaption').textContent = page.picture ? title : `${title} (${say('no-picture')})`;
    figure.querySelector('svg').replaceChildren(...pageLayers(page, state));
  }
  paper.style.setProperty('--zoom', zoom);
}

function pageLayers(page, state) {
  const drawn = state.pages.find((one) => one.number === page.number);
  const lines = state.lines.filter((line) => line.place[0] === page.number && line.place.length === 5);
  const layer = (name, ...children) => draw('g', { class: `layer-${name}` }, ...children);
  const groups = [];
  if (drawn && !page.picture) groups.push(glyphText(drawn));
  if (drawn) {
    groups.push(layer('rulings', draw('path', { d: boxPath(drawn.images), class: 'image' }), draw('path', { d: boxPath(drawn.rulings) })));
    groups.push(layer('glyphs', draw('path', { d: boxPath(drawn.glyphs) })));
  }
  groups.push(layer('lines', ...lines.map((line) => boxRect(line.place, { class: line.role ?? 'body' }))));
  groups.push(layer('words', draw('path', { d: lines.map((line) => boxPath(line.words ?? [])).join('') })));
  groups.push(layer('blocks', ...state.blocks.flatMap((block) => blockMarks(block, page.number))));
  groups.push(layer('tables', ...state.tables.flatMap((table) => tableMarks(table, page.number))));
  groups.push(layer('cells', ...state.tables.flatMap((table) => table.cells.flatMap((cell) => cellMarks(cell, page.number)))));
  groups.push(layer('found', ...state.unexplained.flatMap((one) => placesOn(one.places, page.number).map((place) => boxRect(place, {}, 1.5)))));
  groups.push(layer('fields', ...fieldMarks(state, page.number)));
  groups.push(draw('g', { class: 'pointer-out' }));
  return groups;
}

/** The characters of a page that has no picture. */
function glyphText(page) {
  const group = draw('g', { class: 'glyph-text' });
  [...page.text].slice(0, 20000).forEach((character, i) => {
    const [x0, y0, , y1] = page.glyphs.slice(4 * i, 4 * i + 4).map((tenth) => tenth / 10);
    if (character.trim()) group.append(draw('text', { x: x0, y: y0 + (y1 - y0) * 0.8, 'font-size': (y1 - y0) * 0.8 }, character));
  });
  return group;
}

function blockMarks(block, page) {
  const kind = block.kind.split(' ')[0];
  return placesOn(block.places, page).map((place) => boxRect(place, { class: kind }, 1));
}

function tableMarks(table, page) {
  return placesOn(table.regions, page).flatMap((place) => [
    boxRect(place, {}, 2),
    draw('text', { x: place[1], y: place[2] - 4 }, `${table.id} · ${table.kind} · ${table.rows} × ${table.columns} · ${Math.round(table.confidence * 100)} %`),
  ]);
}

function cellMarks([, , rows, columns, isHeader, , places], page) {
  return placesOn(places, page).flatMap((place) => {
    const marks = [boxRect(place, { class: isHeader ? 'header' : 'body' })];
    if (rows > 1 || columns > 1) marks.push(draw('text', { x: place[1] + 2, y: place[2] + 7 }, `${rows} × ${columns}`));
    return marks;
  });
}

/** One mark for each place, however many values are read from it. */
function fieldMarks(state, page) {
  const byPlace = new Map();
  for (const field of state.fields) {
    for (const place of placesOn(field.places, page)) {
      const key = place.join(' ');
      if (!byPlace.has(key)) byPlace.set(key, { place, fields: [] });
      byPlace.get(key).fields.push(field);
    }
  }
  // Large ones first, so that small ones can be pointed at.
  const size = ({ place: [, x0, y0, x1, y1] }) => (x1 - x0) * (y1 - y0);
  return [...byPlace.values()].sort((a, b) => size(b) - size(a)).map(({ place, fields }) => {
    const pointers = fields.map((field) => field.pointer);
    const label = fields.map((field) => `${nameOf(field.pointer)}: ${shown(field)}, ${say(`state.${stateOf(field)}`)}`).join('; ');
    return draw('g', {
      class: `field state-${stateOf(fields[0])} ${failureOf(pointers, state)}`, 'data-pointers': pointers.join(' '), 'data-roam': true,
      role: 'button', tabindex: '-1', 'aria-label': label,
      onfocus: () => choose(pointers[0], { scrolls: false }),
      onclick: (event) => { event.currentTarget.focus({ preventScroll: true }); showValue(pointers[0]); },
    }, boxRect(place, {}, 2));
  });
}

const marksOnPaper = () => [...paper.querySelectorAll('.field')].sort((a, b) => {
  const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return Math.abs(one.top - other.top) > 4 ? one.top - other.top : one.left - other.left;
});

/** Scrolls the paper to a place. */
function showPlace(places) {
  const place = places?.[0];
  if (!place) return;
  if (!isPaged) {
    const [line] = linesOf([place]);
    return line ? showLine(line[0]) : undefined;
  }
  const frame = document.querySelector(`#page-${CSS.escape(String(place[0]))} .frame`);
  if (!frame || place.length !== 5) return;
  const page = data.pages.find((one) => one.number === place[0]);
  const scale = frame.clientHeight / page.height;
  const [box, pane] = [frame.getBoundingClientRect(), paper.getBoundingClientRect()];
  const [top, bottom] = [box.top + place[2] * scale, box.top + place[4] * scale];
  if (getComputedStyle(paper).overflowY === 'visible') return;
  if (top < pane.top + 30 || bottom > pane.bottom - 30) paper.scrollTop += top - pane.top - pane.height / 3;
  const [left, right] = [box.left + place[1] * scale, box.left + place[3] * scale];
  if (left < pane.left || right > pane.right) paper.scrollLeft += left - pane.left - pane.width / 3;
}

function changeZoom(factor) {
  zoom = Math.min(4, Math.max(0.4, zoom * factor));
  paper.style.setProperty('--zoom', zoom);
}
