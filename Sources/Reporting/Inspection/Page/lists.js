// Checks, and what was found besides.

const order = ['fail', 'uncertain', 'not_assessable', 'pass'];

function drawChecks() {
  const panel = document.getElementById('checks');
  const { checks } = now();
  if (!checks.length) return panel.replaceChildren(make('p', { class: 'empty' }, say('no-checks')));
  const groups = order.map((status) => [status, status === 'fail' ? failuresOf(now()) : checks.filter((check) => check.status === status)]).filter(([, list]) => list.length);
  put(panel,
    checks.some((check) => check.status === 'fail') ? null : make('p', { class: 'empty' }, say('all-hold')),
    ...groups.map(([status, list]) => {
      const group = make('details', { class: `group ${status}`, open: status === 'fail' || status === 'uncertain' },
        make('summary', {}, make('span', {}, say(`check.${status}`)), make('b', {}, String(list.length))));
      const body = make('ul', {});
      const fillIn = () => { if (!body.children.length) body.append(...list.map(checkItem)); };
      if (group.open) fillIn();
      group.addEventListener('toggle', fillIn);
      group.append(body);
      return group;
    }),
  );
  const first = panel.querySelector('[data-roam]');
  if (first) first.tabIndex = 0;
}

function checkItem(check) {
  const id = `${check.id} ${check.instance}`;
  const item = make('li', { class: `check ${check.status} ${check.severity}` });
  const button = make('button', {
    type: 'button', class: 'check-button', 'data-roam': true, tabindex: '-1', 'data-check': id, 'data-lights': check.pointers.join(' '),
    onclick: () => chooseCheck(check), onfocus: () => light(check.pointers),
    onpointerenter: () => light(check.pointers), onpointerleave: lightChosen, onblur: lightChosen,
  },
    make('span', { class: 'check-id' }, check.id), make('span', { class: 'instance' }, keyAsWords(check.instance)),
    make('span', { class: 'severity' }, say(`severity.${check.severity}`)),
    make('span', { class: 'message' }, check.message));
  item.append(button);
  if (check.expression) item.append(equation(check));
  return item;
}

/** The equation with what came out on both sides, and the figures that it is about. */
function equation(check) {
  const parts = [make('code', {}, check.expression)];
  if (check.left !== null && check.right !== null) {
    const isEqual = String(check.left) === String(check.right);
    const sides = make('span', { class: 'sides' }, String(check.left), make('b', {}, isEqual ? ' = ' : ' ≠ '), String(check.right));
    if (!isEqual && check.difference !== null) sides.append(make('em', {}, `${say('difference')} ${check.difference}`));
    parts.push(sides);
  }
  if (check.cause) parts.push(make('span', { class: 'cause' }, `${say('cause')}: ${say(`cause.${check.cause}`)}`));
  return make('div', { class: 'equation' }, ...parts);
}

/** Lights the cells of a check, and keeps them lit. */
function chooseCheck(check) {
  checkChosen = check;
  chosen = null;
  light([], 'chosen');
  light(check.pointers, 'chosen');
  lightChosen();
  drawDetail();
  const field = check.pointers.map((pointer) => now().field.get(pointer)).find((one) => one?.places?.length);
  if (field) showPlace(field.places);
  const sides = check.left !== null && check.right !== null ? `${check.left} ${check.status === 'pass' ? '=' : '≠'} ${check.right}` : '';
  speak(`${check.id}, ${keyAsWords(check.instance)}: ${say(`check.${check.status}`)}. ${check.message}. ${sides}`);
}

function drawFindings() {
  const state = now();
  const section = (title, items, line) => make('section', { class: 'group' },
    make('h2', {}, say(title), make('b', {}, String(items.length))),
    items.length ? make('ul', {}, ...items.map(line)) : make('p', { class: 'empty' }, say('nothing-found')));
  document.getElementById('findings').replaceChildren(
    section('unexplained', state.unexplained, (one) => make('li', { class: 'finding' }, make('code', {}, one.raw), placeButtons(one.places))),
    section('repairs', state.repairs, (repair) => make('li', { class: 'finding state-repaired', 'data-pointers': repair.path },
      make('b', {}, nameOf(repair.path)), make('span', {}, say('repair', { before: repair.before ?? say('none'), after: repair.after ?? say('none') })), make('span', { class: 'message' }, repair.reason))),
    section('diagnostics', state.diagnostics, (one) => make('li', { class: `finding ${one.severity}` },
      make('span', { class: 'severity' }, say(`severity.${one.severity}`)), make('span', { class: 'message' }, one.message), make('code', {}, one.code), placeButtons(one.places))),
  );
}

/** A button for each place, which shows it. */
function placeButtons(places) {
  return make('span', { class: 'places' }, ...(places ?? []).slice(0, 12).map((place) => make('button', {
    type: 'button', class: 'link', onclick: () => { showPlace([place]); flash(place); },
    onpointerenter: () => flash(place), onpointerleave: () => flash(null), onfocus: () => flash(place), onblur: () => flash(null),
  }, placeWords([place]))));
}

/** Lights up a place that no value stands at. */
function flash(place) {
  for (const group of paper.querySelectorAll('.pointer-out')) group.replaceChildren();
  for (const line of paper.querySelectorAll('.flashed')) line.classList.remove('flashed');
  if (place?.length === 5) document.querySelector(`#page-${CSS.escape(String(place[0]))} .pointer-out`)?.append(boxRect(place, {}, 3));
  else if (place) linesOf([place]).forEach(([number]) => document.getElementById(`line-${number}`)?.classList.add('flashed'));
}
