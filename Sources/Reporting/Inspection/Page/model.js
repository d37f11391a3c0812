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
  state.warned = new Set();
  for (const check of state.checks) {
    for (const pointer of new Set(check.pointers)) {
      if (!state.checksOf.has(pointer)) state.checksOf.set(pointer, []);
      state.checksOf.get(pointer).push(check);
      if (check.status === 'fail' && check.severity === 'error') state.failed.add(pointer);
      if (check.status === 'fail' && check.severity === 'warning') state.warned.add(pointer);
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
      names.set(pointer, [row, column].map((labels) => labelText(labels.at(-1))).filter(Boolean).join(' · '));
    });
  }
  return names;
}

const severities = ['error', 'warning', 'info'];

/** The checks that failed, the worst first. */
function failuresOf(state) {
  return state.checks.filter((check) => check.status === 'fail').sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** The class of what stands for values in failed checks; remarks on the whole document are in the list alone. */
function failureOf(pointers, state) {
  if (pointers.some((pointer) => state.failed.has(pointer))) return 'failed';
  return pointers.some((pointer) => state.warned.has(pointer)) ? 'warned' : '';
}

function now() {
  return stateAt(stage);
}

function nameOf(pointer) {
  return now().names.get(pointer) || keyWords(pointer);
}

/** A pointer (RFC 6901) as words. */
function keyWords(pointer) {
  return pointer.split('/').slice(1).map((key) => keyAsWords(key.replaceAll('~1', '/').replaceAll('~0', '~'))).join(' · ');
}

/** The keys in a text as the pipeline calls them in the language of the page, else as they are. */
function keyAsWords(text) {
  return text.split(/([ ,/]+)/).map((key) => calledInLanguage(key) ?? key.replaceAll('_', ' ')).join('');
}

/** The words of a row or a column: what the document prints, else what its key is called. */
function labelText(label) {
  if (!label || label.cell) return label?.text;
  return label.text.split(', ').map((words) => calledInLanguage(words.replaceAll(' ', '_')) ?? words).join(', ');
}

function calledInLanguage(key) {
  const known = data.labels?.[language] ?? {};
  return Object.hasOwn(known, key) ? known[key] : null;
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
  const all = (places ?? []).flatMap((place) => (place.length === 5 && typeof place !== 'string' ? [say('page', { n: place[0] })]
    : linesOf([place]).map(([number]) => say('line', { n: number }))));
  return all.length ? [...new Set(all)].join(', ') : say('nowhere');
}
