// A document that has no pages: its lines, with marks for what was found in them.

/** Draws the lines once for each stage: every line is cut where a mark begins or ends. */
function drawText() {
  const state = now();
  const marks = marksInText(state);
  const shownLines = state.lines.length ? state.lines : stateAt(0).lines;
  const list = make('ol', { class: 'text', 'aria-label': say('document') });
  for (const line of shownLines) {
    const number = line.place[0];
    const item = make('li', { id: `line-${number}`, value: number, class: line.role ?? 'body' });
    const tables = marks.tables.get(number);
    if (tables) item.classList.add('in-table');
    for (const block of marks.blocks.get(number) ?? []) item.classList.add(`block-${block}`);
    item.append(...pieces([...line.text], marks.cells.get(number) ?? [], marks.fields.get(number) ?? []));
    list.append(item);
  }
  const top = paper.scrollTop;
  paper.replaceChildren(list);
  paper.scrollTop = top;
  paper.style.setProperty('--zoom', zoom);
}

/** What lies on each line, by its number. */
function marksInText(state) {
  const marks = { tables: new Map(), blocks: new Map(), cells: new Map(), fields: new Map() };
  const add = (map, places, mark) => {
    for (const place of places ?? []) {
      if (place.length !== 3) continue;
      if (!map.has(place[0])) map.set(place[0], []);
      map.get(place[0]).push(typeof mark === 'string' ? mark : { first: place[1], last: place[2], ...mark });
    }
  };
  for (const table of state.tables) {
    for (const [, , , , isHeader, text, places] of table.cells) {
      add(marks.tables, places, table.id);
      if (text) add(marks.cells, places, { isHeader });
    }
  }
  for (const block of state.blocks) add(marks.blocks, block.places, block.kind.split(' ')[0]);
  for (const field of state.fields) add(marks.fields, field.places, { field });
  return marks;
}

/** A line in pieces: within a piece the same marks hold everywhere. */
function pieces(characters, cells, fields) {
  const cuts = new Set([0, characters.length]);
  for (const { first, last } of [...cells, ...fields]) {
    cuts.add(Math.min(first - 1, characters.length));
    cuts.add(Math.min(last, characters.length));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const state = now();
  const seen = new Set();
  return sorted.slice(0, -1).map((start, i) => {
    const end = sorted[i + 1];
    const text = characters.slice(start, end).join('');
    const covers = ({ first, last }) => first - 1 <= start && end <= last;
    const cell = cells.find(covers);
    const found = fields.filter(covers).map((mark) => mark.field);
    if (!cell && !found.length) return text;
    if (!found.length) return make('span', { class: cell.isHeader ? 'cell header' : 'cell' }, text);
    const pointers = found.map((field) => field.pointer);
    // A value over several pieces is one stop for the keys.
    const isFirst = !pointers.every((pointer) => seen.has(pointer));
    pointers.forEach((pointer) => seen.add(pointer));
    const isFailed = pointers.some((pointer) => state.failed.has(pointer));
    return make('span', {
      class: `field state-${stateOf(found[0])}${isFailed ? ' failed' : ''}${cell ? ' cell' : ''}`, 'data-pointers': pointers.join(' '),
      'data-roam': isFirst, role: isFirst ? 'button' : null, tabindex: isFirst ? '-1' : null,
      title: found.map((field) => nameOf(field.pointer)).join('; '),
      onfocus: () => choose(pointers[0], { scrolls: false }),
      onclick: (event) => { event.currentTarget.focus({ preventScroll: true }); showValue(pointers[0]); },
    }, text);
  });
}

function showLine(number) {
  const line = document.getElementById(`line-${number}`);
  if (line) scrollNear(line, paper);
}
