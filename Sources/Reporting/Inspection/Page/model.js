// The document after each stage, as the data of the page has it.

const data = JSON.parse(document.getElementById('data').textContent);
const isPaged = data.pages.length > 0;
const states = new Map();
let stage = data.stages.length - 1;

/** A layer after a stage, from its runs: where a run of the pool begins and how long it is, in turn. */
function expand(name, runs) {
  const pool = data.pools[name] ?? [];
  const list = [];
  for (let i = 0; i < runs.length; i += 2) {
    for (let k = 0; k < runs[i + 1]; k++) list.push(pool[runs[i] + k]);
  }
  return list;
}

/** Everything known after a stage: layers by name (empty where there is none), and indices of the record. */
function stateAt(index) {
  if (states.has(index)) return states.get(index);
  const layers = data.stages[index]?.layers ?? {};
  const state = { hasRecord: 'fields' in layers };
  const names = ['pages', 'lines', 'blocks', 'tables', 'fields', 'grids', 'checks', 'repairs', 'unexplained', 'diagnostics'];
  for (const name of names) state[name] = expand(name, layers[name] ?? []);
  state.field = new Map(state.fields.map((field) => [field.pointer, field]));
  state.checksOf = new Map();
  state.failed = new Set();
  for (const check of state.checks) {
    for (const pointer of new Set(check.pointers)) {
      if (!state.checksOf.has(pointer)) state.checksOf.set(pointer, []);
      state.checksOf.get(pointer).push(check);
      if (check.status === 'fail') state.failed.add(pointer);
    }
  }
  state.names = namesIn(state);
  states.set(index, state);
  return state;
}

/** What a person calls a value: the words of its row and column on the form, else its keys. */
function namesIn(state) {
  const names = new Map();
  for (const grid of state.grids) {
    grid.pointers.forEach((pointer, index) => {
      const row = grid.rows[Math.floor(index / grid.columns.length)];
      const column = grid.columns[index % grid.columns.length];
      names.set(pointer, [row, column].map((labels) => labels.at(-1)?.text).filter(Boolean).join(' · '));
    });
  }
  return names;
}

function now() {
  return stateAt(stage);
}

function nameOf(pointer) {
  return now().names.get(pointer) || keyWords(pointer);
}

/** A pointer (RFC 6901) as words. */
function keyWords(pointer) {
  return pointer.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~').replaceAll('_', ' ')).join(' · ');
}

const marksOfStates = { converted: '≈', derived: '∑', repaired: '⇄', corrected: '✎', uncertain: '?', ambiguous: '??', unreadable: '▨' };
const signsOfNulls = { blank: '·', slash: '/', dash: '—', missing: '∅', unreadable: '', ambiguous: '' };

/** What stands for a value on the screen. */
function shown(field) {
  if (!field) return '';
  const value = field.value;
  if (value === null) return field.state === 'text' ? field.raw ?? '' : signsOfNulls[field.state] ?? '∅';
  if (Array.isArray(value)) return say('items', { n: value.length });
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function stateOf(field) {
  return field?.state ?? 'none';
}

/** Whether a value is more, or less, than what is printed in one place. */
function isDoubtful(field) {
  return ['converted', 'derived', 'repaired', 'corrected', 'uncertain', 'ambiguous', 'unreadable'].includes(field.state);
}

function placeWords(places) {
  const all = (places ?? []).map((place) => (typeof place === 'string' ? place
    : place.length === 5 ? say('page', { n: place[0] }) : say('line', { n: place[0] })));
  return all.length ? [...new Set(all)].join(', ') : say('nowhere');
}
