// Tabs, stages, keys, and the first drawing.

const tabNames = ['values', 'checks', 'findings', 'corrections'];
let tab = 'values';
let hasSingleKeys = true;

function openTab(name, { focuses = true } = {}) {
  tab = name;
  for (const one of tabNames) {
    document.getElementById(one).hidden = one !== name;
    const button = document.getElementById(`tab-${one}`);
    button.setAttribute('aria-selected', one === name);
    button.tabIndex = one === name ? 0 : -1;
  }
  panels.scrollTop = 0;
  if (focuses) (document.getElementById(name).querySelector('[data-roam][tabindex="0"]') ?? document.getElementById(name)).focus({ preventScroll: true });
}

function drawTabs() {
  const state = now();
  const failed = state.checks.filter((check) => check.status === 'fail').length;
  const counts = { values: state.fields.length, checks: failed, findings: state.unexplained.length + state.repairs.length + state.diagnostics.length, corrections: corrections.size };
  for (const name of tabNames) {
    const count = make('b', { class: name === 'checks' && state.failed.size ? 'bad' : null }, String(counts[name]));
    document.getElementById(`tab-${name}`).replaceChildren(say(`tab.${name}`), ' ', count);
  }
}

function drawHeader() {
  const state = now();
  const source = data.source;
  const name = source.uri.split('/').at(-1) || source.uri;
  document.title = `${name} – Gouji`;
  document.getElementById('name').textContent = name;
  const size = isPaged ? say('pages-count', { n: source.pages ?? data.pages.length }) : say('lines-count', { n: stateAt(0).lines.length });
  document.getElementById('about').textContent = [data.pipeline.name, size, `gouji ${data.generator.version}`, source.sha256.slice(0, 12)].join(' · ');
  const chips = data.status ? [make('span', { class: `chip ${data.status}` }, say(`status.${data.status}`))] : [];
  const failed = failuresOf(state).length;
  if (state.checks.length) {
    const kind = state.failed.size ? 'fail' : failed ? 'uncertain' : 'pass';
    chips.push(make('button', { type: 'button', class: `chip check ${kind}`, onclick: () => openTab('checks') },
      `${failed || state.checks.filter((check) => check.status === 'pass').length} ${say(failed ? 'check.fail' : 'check.pass')}`));
  }
  for (const one of ['derived', 'repaired', 'converted', 'uncertain', 'ambiguous', 'corrected']) {
    const count = state.fields.filter((field) => field.state === one && state.names.has(field.pointer)).length;
    if (count) chips.push(make('span', { class: `chip state-${one}` }, `${count} ${say(`state.${one}`)}`));
  }
  document.getElementById('summary').replaceChildren(...chips);
}

/** What a stage does: in the language of the interface where that has words for its kind, else as the stage says it. */
function summaryOf(one) {
  const text = words[language][`stage.${one?.kind}`];
  return text ? { text, lang: null } : { text: one?.summary ?? '', lang: language === 'en' ? null : 'en' };
}

function drawStage() {
  const slider = document.getElementById('stage');
  slider.max = data.stages.length - 1;
  slider.value = stage;
  const one = data.stages[stage];
  const text = `${one?.id ?? ''}`;
  const summary = summaryOf(one);
  slider.setAttribute('aria-valuetext', `${text}, ${say('stages-of', { n: stage + 1, count: data.stages.length })}`);
  document.getElementById('stage-name').replaceChildren(make('b', { title: summary.text }, text), make('span', { title: summary.text, lang: summary.lang }, summary.text));
  document.getElementById('stops').replaceChildren(...data.stages.map((_, i) => make('option', { value: i })));
}

function goToStage(index) {
  const next = Math.min(data.stages.length - 1, Math.max(0, index));
  if (next === stage || Number.isNaN(next)) return;
  stage = next;
  checkChosen = null;
  redraw();
  const one = data.stages[stage];
  speak(`${one.id}. ${summaryOf(one).text}`);
}

function redraw() {
  drawHeader();
  drawStage();
  drawLayerButtons();
  drawPaper();
  showLayers();
  drawValues();
  drawChecks();
  drawFindings();
  drawCorrections();
  drawTabs();
  if (chosen && !now().field.has(chosen)) chosen = null;
  drawDetail();
  light(chosen ? [chosen] : [], 'chosen');
  lightChosen();
  const mark = paper.querySelector('.field');
  if (mark) mark.setAttribute('tabindex', '0');
}

/** The next, or the one before, of those that `list` has, from the value that is chosen. */
function nextOf(list, current, step) {
  if (!list.length) return null;
  const at = list.indexOf(current);
  return at < 0 ? list[step > 0 ? 0 : list.length - 1] : list[(at + step + list.length) % list.length];
}

function goToFailure(step) {
  const check = nextOf(failuresOf(now()), checkChosen, step);
  if (!check) return speak(say('all-hold'));
  openTab('checks', { focuses: false });
  showCheck(check, { focuses: true });
  chooseCheck(check);
}

function goToDoubt(step) {
  const cells = valueCells().map((cell) => cell.dataset.pointers).filter((pointer) => isDoubtful(now().field.get(pointer) ?? {}));
  const pointer = nextOf(cells, chosen, step);
  if (pointer) showValue(pointer, { focuses: true });
}

const helpKeys = [
  [['?'], 'key.help'], [['0', '…', '8'], 'key.layers'], [['[', ']'], 'key.stage'], [['+', '−'], 'key.zoom'], [['d', 'r'], 'key.panes'], [['v', 'c', 'i', 'o'], 'key.tabs'],
  [['arrows'], 'key.move'], [['Enter'], 'key.enter'], [['n', 'N'], 'key.fail'], [['u', 'U'], 'key.doubt'], [['e'], 'key.correct'], [['l'], 'key.language'], [['Esc'], 'key.escape'],
];

function openHelp() {
  const dialog = document.getElementById('help-dialog');
  const rows = helpKeys.map(([keys, text]) => make('tr', {}, make('th', { scope: 'row' }, ...keys.map((key) => make('kbd', {}, key === 'arrows' ? say(key) : key))), make('td', {}, say(text))));
  const single = make('input', { type: 'checkbox', checked: hasSingleKeys, onchange: (event) => { hasSingleKeys = event.target.checked; } });
  dialog.replaceChildren(make('h2', { id: 'help-title' }, say('help-title')), make('table', {}, make('tbody', {}, ...rows)), make('label', { class: 'check-label' }, single, say('single-keys')),
    make('div', { class: 'dialog-buttons' }, make('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, say('close'))));
  dialog.showModal();
}

function focusPaper() {
  const marks = marksOnPaper();
  const mark = marks.find((one) => chosen && one.dataset.pointers.split(' ').includes(chosen)) ?? marks[0];
  if (mark) moveTo(marks, mark);
  else paper.focus();
}

/** From a value to its place, and from a place to its value. */
function crossOver(element) {
  const pointer = element.dataset.pointers.split(' ')[0];
  if (element.closest('#paper')) return showValue(pointer, { focuses: true });
  const marks = marksOnPaper();
  const mark = marks.find((one) => one.dataset.pointers.split(' ').includes(pointer));
  if (mark) moveTo(marks, mark);
}

const singleKeys = {
  '?': openHelp, '[': () => goToStage(stage - 1), ']': () => goToStage(stage + 1), '+': () => changeZoom(1.2), '=': () => changeZoom(1.2), '-': () => changeZoom(1 / 1.2),
  d: focusPaper, r: () => openTab('values'), v: () => openTab('values'), c: () => openTab('checks'), i: () => openTab('findings'), o: () => openTab('corrections'),
  n: () => goToFailure(1), N: () => goToFailure(-1), u: () => goToDoubt(1), U: () => goToDoubt(-1), e: () => chosen && openCorrection(chosen), l: switchLanguage,
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const element = event.target;
  if (element.matches?.('input:not([type=range]), textarea, select')) return;
  if (event.key === 'Enter' && element.matches?.('[data-pointers][data-roam]')) {
    event.preventDefault();
    return crossOver(element);
  }
  if (event.key === 'Escape') return choose(null);
  if (!hasSingleKeys) return;
  const layer = Object.keys(layerKeys).find((name) => layerKeys[name] === event.key);
  const action = layer ? () => toggleLayer(layer) : singleKeys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

document.getElementById('stage').addEventListener('input', (event) => goToStage(Number(event.target.value)));
document.getElementById('earlier').addEventListener('click', () => goToStage(stage - 1));
document.getElementById('later').addEventListener('click', () => goToStage(stage + 1));
document.getElementById('smaller').addEventListener('click', () => changeZoom(1 / 1.2));
document.getElementById('larger').addEventListener('click', () => changeZoom(1.2));
document.getElementById('language').addEventListener('click', switchLanguage);
document.getElementById('help').addEventListener('click', openHelp);
for (const name of tabNames) document.getElementById(`tab-${name}`).addEventListener('click', () => openTab(name, { focuses: false }));
document.querySelector('.tabs').addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  openTab(nextOf(tabNames, tab, step), { focuses: false });
  document.getElementById(`tab-${tab}`).focus();
});
roam(valuesPanel, valueCells, stepInPlane);
roam(document.getElementById('checks'), checkButtons, (all, at, key) => ({ ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1) })[key] ?? null);
roam(paper, marksOnPaper, (all, at, key) => ({ ArrowRight: all[at + 1], ArrowDown: all[at + 1], ArrowLeft: all[at - 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1) })[key] ?? null);
followPointing(paper);
followPointing(document.getElementById('record'));
openTab('values', { focuses: false });
applyLanguage();
