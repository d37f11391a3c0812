// What a person says a value should be, until it is downloaded.

const corrections = new Map();
let isDownloaded = true;
let author = '';

const isScalar = (value) => value === null || typeof value !== 'object';
const canCorrect = (field) => isScalar(field.value);

/** What a corrected value must be: whole numbers stay numbers, what is true or false stays so, amounts are decimal strings, all else is text; of what is unknown, `true` and `false` are no words. */
function typeOf(pointer) {
  const state = now();
  const field = state.field.get(pointer);
  const grid = state.grids.find((one) => one.pointers.includes(pointer));
  if (grid) return grid.amounts.includes(grid.pointers.indexOf(pointer)) ? 'decimal' : 'integer';
  // A value that is not known is of the type that values of its name have elsewhere.
  const key = pointer.slice(pointer.lastIndexOf('/'));
  const known = [field, ...state.fields.filter((one) => one.pointer.endsWith(key))].find((one) => one && one.value !== null);
  return { number: 'integer', boolean: 'truth', undefined: 'unknown' }[typeof known?.value] ?? 'text';
}

/** The value that a text means, or what is wrong with it. */
function parsed(text, type) {
  const trimmed = text.trim();
  if (type === 'integer') {
    const number = Number(trimmed);
    return /^-?\d+$/.test(trimmed) && Number.isSafeInteger(number) ? { value: number } : { fault: 'want-integer' };
  }
  if (type === 'decimal') return /^-?\d+(\.\d+)?$/.test(trimmed) ? { value: trimmed } : { fault: 'want-decimal' };
  if (['truth', 'unknown'].includes(type) && ['true', 'false'].includes(trimmed)) return { value: trimmed === 'true' };
  if (type === 'truth') return { fault: 'want-truth' };
  return trimmed ? { value: trimmed } : { fault: 'want-text' };
}

function openCorrection(pointer) {
  const field = now().field.get(pointer);
  if (!field || !canCorrect(field)) return;
  const dialog = document.getElementById('correction-dialog');
  const old = corrections.get(pointer);
  const type = typeOf(pointer);
  const value = make('input', { type: 'text', name: 'value', id: 'correct-value', autocomplete: 'off', inputmode: ['integer', 'decimal'].includes(type) ? 'decimal' : null, value: old ? String(old.value ?? '') : String(field.value ?? '') });
  const none = make('input', { type: 'checkbox', name: 'none', checked: Boolean(old && old.value === null) });
  const reason = make('input', { type: 'text', name: 'reason', id: 'correct-reason', autocomplete: 'off', value: old?.reason ?? '' });
  const by = make('input', { type: 'text', name: 'by', id: 'correct-by', autocomplete: 'name', value: old?.by ?? author });
  const fault = make('p', { class: 'fault', role: 'alert' });
  const showNone = () => { value.disabled = none.checked; };
  none.addEventListener('change', showNone);
  showNone();
  const save = (event) => {
    event.preventDefault();
    const read = none.checked ? { value: null } : parsed(value.value, type);
    const missing = read.fault ?? (reason.value.trim() ? null : 'want-reason') ?? (by.value.trim() ? null : 'want-by');
    if (missing) {
      fault.textContent = say(missing);
      (read.fault ? value : missing === 'want-reason' ? reason : by).focus();
      return;
    }
    author = by.value.trim();
    // Closing gives the focus back to what had it, before keeping draws that anew.
    dialog.close();
    keep(pointer, { document: data.source.sha256, pointer, expected_raw: field.raw ?? null, value: read.value, by: author, reason: reason.value.trim() });
  };
  dialog.replaceChildren(make('form', { onsubmit: save, novalidate: true },
    make('h2', { id: 'correction-title' }, say('correction-title')),
    make('p', {}, make('b', {}, nameOf(pointer)), make('br'), make('code', {}, pointer)),
    make('p', { class: 'about' }, `${say('raw')}: ${field.raw ?? say('nowhere')} · ${say('now')}: ${shown(field) || say('none')}`),
    make('label', { for: 'correct-value' }, say('new-value')), value,
    make('label', { class: 'check-label' }, none, say('no-value')),
    make('label', { for: 'correct-reason' }, say('reason')), reason,
    make('label', { for: 'correct-by' }, say('by')), by, fault,
    make('div', { class: 'dialog-buttons' }, make('button', { type: 'button', onclick: () => dialog.close() }, say('cancel')), make('button', { type: 'submit', class: 'primary' }, say('save')))));
  dialog.showModal();
  value.focus();
  value.select();
}

function keep(pointer, correction) {
  corrections.set(pointer, correction);
  isDownloaded = false;
  afterCorrections(pointer, 'kept');
}

function removeCorrection(pointer) {
  corrections.delete(pointer);
  afterCorrections(pointer, 'removed');
}

function afterCorrections(pointer, word) {
  drawValues();
  drawCorrections();
  drawTabs();
  showValue(pointer, { focuses: !document.getElementById('values').hidden });
  speak(say(word));
}

/** The file: one object a line, in the order of the pointers. */
function correctionLines() {
  return [...corrections.values()].sort((a, b) => (a.pointer < b.pointer ? -1 : 1)).map((one) => `${JSON.stringify(one)}\n`).join('');
}

function download() {
  const link = make('a', { href: URL.createObjectURL(new Blob([correctionLines()], { type: 'application/x-ndjson' })), download: 'corrections.ndjson' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  isDownloaded = true;
}

function drawCorrections() {
  const panel = document.getElementById('corrections');
  const list = [...corrections.values()];
  panel.classList.toggle('has-none', !list.length);
  if (!list.length) return panel.replaceChildren(make('p', { class: 'empty' }, say('corrections-none')));
  panel.replaceChildren(
    make('ul', {}, ...list.map((one) => make('li', { class: 'finding', 'data-pointers': one.pointer },
      make('b', {}, nameOf(one.pointer)),
      make('span', { class: 'message' }, say('corrected-to', { from: one.expected_raw ?? say('nowhere'), to: one.value ?? say('none'), by: one.by, reason: one.reason })),
      make('span', { class: 'places' }, make('button', { type: 'button', class: 'link', onclick: () => openCorrection(one.pointer) }, say('edit')), make('button', { type: 'button', class: 'link', onclick: () => removeCorrection(one.pointer) }, say('remove')))))),
    make('p', {}, make('button', { type: 'button', class: 'primary', id: 'download', onclick: download }, say('download'))),
    make('p', { class: 'about' }, say('corrections-about')));
}

window.addEventListener('beforeunload', (event) => {
  if (corrections.size && !isDownloaded) event.preventDefault();
});
