// The record: the tables of the form, and the values beside them.

const panels = document.getElementById('panels');
const valuesPanel = document.getElementById('values');

function drawValues() {
  const state = now();
  if (!state.hasRecord) return valuesPanel.replaceChildren(make('p', { class: 'empty' }, say('no-record')));
  const inGrids = new Set(state.grids.flatMap((grid) => grid.pointers));
  const others = state.fields.filter((field) => !inGrids.has(field.pointer));
  const [before, after] = [others.filter((field) => field.pointer.split('/').length <= 2 && !Array.isArray(field.value)), others.filter((field) => field.pointer.split('/').length > 2 || Array.isArray(field.value))];
  put(valuesPanel,
    legend(state),
    listOf(before),
    ...[...tablesOf(state.grids)].map(([key, grids]) => make('section', { class: 'form' }, make('h2', {}, keyAsWords(key)), ...grids.map((grid) => formTable(grid, state)))),
    after.length ? make('h2', {}, say('further')) : null,
    after.length ? listOf(after) : null,
  );
  const first = valuesPanel.querySelector('[data-roam]');
  if (first) first.tabIndex = 0;
}


/** What the colours say, of those that there are. */
function legend(state) {
  const found = [...new Set(state.fields.map(stateOf))].filter((name) => name !== 'none');
  const order = ['printed', 'converted', 'derived', 'repaired', 'corrected', 'uncertain', 'ambiguous', 'unreadable', 'blank', 'slash', 'dash', 'text', 'missing'];
  const items = order.filter((name) => found.includes(name)).map((name) => make('li', { class: `state-${name}`, title: say(`about.${name}`) },
    make('i', { 'aria-hidden': 'true' }, marksOfStates[name] ?? signsOfNulls[name] ?? ''), say(`state.${name}`)));
  for (const [name, sign] of [['failed', '✗'], ['warned', '!']]) {
    if (state[name].size) items.push(make('li', { class: name }, make('i', { 'aria-hidden': 'true' }, sign), say(`legend.${name}`)));
  }
  return make('ul', { class: 'legend', 'aria-label': say('legend') }, ...items);
}

/** The grids of each table; those of one line that stand on the same row of the document side by side. */
function tablesOf(grids) {
  const tables = new Map();
  for (const grid of grids) {
    if (!tables.has(grid.table)) tables.set(grid.table, []);
    const list = tables.get(grid.table);
    const last = list.at(-1);
    if (last && last.at && last.at.split(':')[0] === grid.at?.split(':')[0] && isBeside(last, grid)) {
      list[list.length - 1] = { ...last, columns: [...last.columns, ...grid.columns], pointers: [...last.pointers, ...grid.pointers], beside: grid.at };
    } else list.push(grid);
  }
  return tables;
}

const isBeside = (last, grid) => last.rows.length === 1 && grid.rows.length === 1 && (last.beside ?? last.at) === grid.at;

/** A table in the shape of the form: labels that cover several rows or columns are printed once. */
function formTable(grid, state) {
  const depth = Math.max(...grid.columns.map((labels) => labels.length), 1);
  const width = Math.max(...grid.rows.map((labels) => labels.length), 1);
  const head = [];
  const corner = make('td', { class: 'corner', colspan: width, rowspan: depth });
  for (let level = 0; level < depth; level++) head.push(make('tr', {}, ...(level ? [] : [corner]), ...headCells(grid.columns, level, depth)));
  const body = grid.rows.map((labels, row) => make('tr', {}, ...rowHeads(grid.rows, row, width), ...grid.columns.map((_, column) => {
    const pointer = grid.pointers[row * grid.columns.length + column];
    return valueCell(pointer, state);
  })));
  return make('div', { class: 'scroll' }, make('table', { role: 'grid', 'aria-label': [grid.table, grid.block].filter(Boolean).map(keyAsWords).join(', ') }, make('thead', {}, ...head), make('tbody', {}, ...body)));
}

/** The same cell of the document, or, without one, never the same. */
const isSame = (one, other) => one?.cell && one.cell === other?.cell;

function headCells(columns, level, depth) {
  const cells = [];
  columns.forEach((labels, i) => {
    // The innermost label reaches down to the figures.
    const label = labels[level];
    if (!label) return;
    const isCovered = i > 0 && columns[i - 1].length === labels.length && isSame(columns[i - 1][level], label);
    const isCoveredHigh = i > 0 && isSame(columns[i - 1][level], label);
    if (isCovered || (isCoveredHigh && level < Math.min(labels.length, columns[i - 1].length) - 1)) return;
    let span = 1;
    while (i + span < columns.length && isSame(columns[i + span][level], label)
      && (columns[i + span].length === labels.length || level < Math.min(labels.length, columns[i + span].length) - 1)) span++;
    const height = level === labels.length - 1 ? depth - level : 1;
    cells.push(make('th', { scope: span > 1 ? 'colgroup' : 'col', colspan: span, rowspan: height, class: label.cell ? null : 'key' }, labelText(label)));
  });
  return cells;
}

function rowHeads(rows, row, width) {
  const labels = rows[row];
  return labels.flatMap((label, level) => {
    const isLast = level === labels.length - 1;
    if (!isLast && row > 0 && rows[row - 1].length > level + 1 && isSame(rows[row - 1][level], label)) return [];
    let height = 1;
    while (!isLast && row + height < rows.length && rows[row + height].length > level + 1 && isSame(rows[row + height][level], label)) height++;
    return [make('th', { scope: 'row', rowspan: height, colspan: isLast ? width - level : 1, class: label.cell ? null : 'key' }, labelText(label))];
  });
}

/** A value, to be pointed at, chosen and moved to. */
function valueCell(pointer, state) {
  const field = state.field.get(pointer);
  const name = stateOf(field);
  const failure = failureOf([pointer], state);
  const correction = corrections.get(pointer);
  return make('td', {
    role: 'gridcell', class: `value state-${name} ${failure}${correction ? ' has-correction' : ''}`, 'data-pointers': pointer, 'data-roam': true, tabindex: '-1',
    'aria-label': `${nameOf(pointer)}: ${shown(field) || say('none')}, ${say(`state.${name}`)}${failure ? `, ${say(`legend.${failure}`)}` : ''}`,
    title: say(`state.${name}`), onfocus: () => choose(pointer), onclick: (event) => event.currentTarget.focus(), ondblclick: () => openCorrection(pointer),
  }, make('span', {}, shown(field)), sign(name, failure));
}

function sign(name, failure) {
  const text = `${marksOfStates[name] ?? ''}${{ failed: '✗', warned: '!' }[failure] ?? ''}`;
  return text ? make('sup', { 'aria-hidden': 'true' }, text) : null;
}

/** Values that stand in no table: what they are called, what they are, and what their text says besides. */
function listOf(fields) {
  const state = now();
  const objects = new Map(fields.filter((field) => isObject(field.value)).map((field) => [field.pointer, field]));
  const rows = fields.flatMap((field) => {
    if (objects.has(field.pointer)) return [];
    const parent = objects.get(field.pointer.slice(0, field.pointer.lastIndexOf('/')));
    const cell = Array.isArray(field.value) ? manyCell(field, state) : valueCell(field.pointer, state);
    const besides = parent ? Object.values(parent.value).filter((part) => typeof part === 'string').join(' · ') : '';
    if (!besides) cell.colSpan = 2;
    return [make('tr', {}, make('th', { scope: 'row', class: 'key' }, keyWords(parent ? parent.pointer : field.pointer)), cell, besides ? make('td', { class: 'besides' }, besides) : null)];
  });
  return make('div', { class: 'scroll' }, make('table', { role: 'grid', class: 'list', 'aria-label': say('further') }, make('tbody', {}, ...rows)));
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value that is a list: how long it is, and what is in it on demand. */
function manyCell(field, state) {
  const cell = valueCell(field.pointer, state);
  if (!field.value.length) return cell;
  const entries = field.value.map((entry) => make('li', {}, typeof entry === 'object' && entry ? Object.values(entry).map((part) => (typeof part === 'object' && part ? JSON.stringify(part) : String(part ?? ''))).filter(Boolean).join(' ') : String(entry)));
  cell.replaceChildren(make('details', {}, make('summary', {}, say('items', { n: field.value.length })), make('ul', {}, ...entries)));
  return cell;
}

/** Moves to a value in the record. */
function showValue(pointer, { focuses = false } = {}) {
  if (focuses || document.getElementById('values').hidden) openTab('values', { focuses: false });
  const cell = [...valuesPanel.querySelectorAll('.value')].find((one) => one.dataset.pointers === pointer);
  if (!cell) return;
  if (focuses) moveTo(valueCells(), cell);
  else scrollNear(cell);
}

const valueCells = () => [...valuesPanel.querySelectorAll('[data-roam]')];

/** The value that an arrow leads to: the nearest in that direction. */
function stepInPlane(all, at, key) {
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key)) return null;
  const from = all[at].getBoundingClientRect();
  const isAcross = key === 'ArrowLeft' || key === 'ArrowRight';
  const direction = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  let best = null;
  let least = Infinity;
  for (const one of all) {
    if (one === all[at]) continue;
    const box = one.getBoundingClientRect();
    const [dx, dy] = [(box.left + box.right - from.left - from.right) / 2, (box.top + box.bottom - from.top - from.bottom) / 2];
    const [along, aside] = isAcross ? [dx * direction, Math.abs(dy)] : [dy * direction, Math.abs(dx)];
    const isOnLine = isAcross ? box.bottom > from.top + 2 && box.top < from.bottom - 2 : true;
    if (along < 2 || !isOnLine) continue;
    const distance = along + aside * (isAcross ? 1 : 3);
    if (distance < least) [best, least] = [one, distance];
  }
  return best ?? (isAcross ? all[at + direction] : null);
}
