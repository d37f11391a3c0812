// A document that has no pages: its lines, with marks for what was found in them.

/** Draws the lines once for each stage: every line is cut where a mark begins or ends. */
function drawText() {
  const state = now();
  const marks = marksInText(state);
  const list = make('ol', { class: 'text', 'aria-label': say('document') });
  for (const line of textOf(state).lines) {
    const { number } = line;
    const item = make('li', { id: `line-${number}`, value: number, class: line.role ?? 'body', title: line.path });
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

/**
 * The lines that are shown after a stage, each with its number: those of a web page or a Word file are counted, as the
 * document knows them by their paths alone.
 */
function textOf(state) {
  if (!state.text) {
    const lines = (state.lines.length ? state.lines : stateAt(0).lines).map((line, i) => (
      typeof line.place === 'string' ? { ...line, number: i + 1, path: line.place } : { ...line, number: line.place[0] }));
    const byPath = new Map(lines.filter((line) => line.path).map((line) => [line.path, line]));
    // What stands in a row of a table, in the order in which the line has it.
    const cells = new Map();
    for (const [, column, , , , , places] of state.tables.flatMap((table) => table.cells)) {
      for (const path of places) {
        const row = typeof path === 'string' ? lineAt(byPath, path) : null;
        if (!row || row.path === path) continue;
        if (!cells.has(row)) cells.set(row, []);
        cells.get(row).push({ path, column });
      }
    }
    for (const row of cells.values()) row.sort((a, b) => a.column - b.column);
    state.text = { lines, byPath, cells };
  }
  return state.text;
}

/** The line of an element, or of the nearest one around it that is a line. */
function lineAt(byPath, path) {
  for (let at = path; at; at = at.slice(0, at.lastIndexOf('/'))) {
    if (byPath.has(at)) return byPath.get(at);
  }
  return null;
}

/** Places as `[line, first, last]`; within the element of a path, `words` are looked for. */
function linesOf(places, words, state = now()) {
  return (places ?? []).flatMap((place) => {
    if (typeof place !== 'string') return place.length === 3 ? [place] : [];
    const { lines, byPath, cells } = textOf(state);
    const line = lineAt(byPath, place);
    // An element that is no line may hold several.
    if (!line) return lines.filter((one) => one.path?.startsWith(`${place}/`)).map((one) => [one.number, 1, [...one.text].length]);
    const length = [...line.text].length;
    const parts = line.text.split('\t').map((part) => [...part].length);
    const row = cells.get(line) ?? [];
    const at = row.findIndex((cell) => cell.path === place || place.startsWith(`${cell.path}/`));
    if (at >= 0 && row.length === parts.length) {
      const start = parts.slice(0, at).reduce((sum, part) => sum + part + 1, 0);
      // Of an empty cell there is nothing to see but the gap beside it.
      return [parts[at] ? [line.number, start + 1, start + parts[at]] : [line.number, Math.max(1, start), Math.max(1, start)]];
    }
    return [[line.number, ...(words && partOf(line.text, words) || [1, length])]];
  });
}

/** Where `words` stand in a text, whatever spaces are in both, and cut no number; null where they stand nowhere. */
function partOf(text, words) {
  const characters = [...text];
  const isDigit = (i) => /^\p{Nd}$/u.test(characters[i] ?? '');
  const kept = characters.map((character, i) => [character, i]).filter(([character]) => character.trim());
  const sought = [...words].filter((character) => character.trim());
  if (!sought.length) return null;
  for (let i = 0; i + sought.length <= kept.length; i++) {
    if (!sought.every((character, k) => kept[i + k][0] === character)) continue;
    const [first, last] = [kept[i][1], kept[i + sought.length - 1][1]];
    if ((isDigit(first - 1) && isDigit(first)) || (isDigit(last) && isDigit(last + 1))) continue;
    return [first + 1, last + 1];
  }
  return null;
}

/** What lies on each line, by its number. */
function marksInText(state) {
  const marks = { tables: new Map(), blocks: new Map(), cells: new Map(), fields: new Map() };
  const add = (map, places, mark, words) => {
    for (const place of linesOf(places, words, state)) {
      if (!map.has(place[0])) map.set(place[0], []);
      map.get(place[0]).push(typeof mark === 'string' ? mark : { first: place[1], last: place[2], ...mark });
    }
  };
  for (const table of state.tables) {
    for (const [, , , , isHeader, text, places] of table.cells) {
      add(marks.tables, places, table.id);
      if (text) add(marks.cells, places, { isHeader }, text);
    }
  }
  for (const block of state.blocks) add(marks.blocks, block.places, block.kind.split(' ')[0]);
  for (const field of state.fields) add(marks.fields, field.places, { field }, field.raw);
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
    return make('span', {
      class: `field state-${stateOf(found[0])} ${failureOf(pointers, state)}${cell ? ' cell' : ''}`, 'data-pointers': pointers.join(' '),
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
