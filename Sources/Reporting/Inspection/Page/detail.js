// One value, or one check, with all that is known of it.

const detail = document.getElementById('detail');

/** The detail of the value under the pointer, else of what is chosen. */
function drawDetail(pointer = null) {
  const state = now();
  const about = pointer ?? (checkChosen ? null : chosen);
  if (!about && checkChosen) return detail.replaceChildren(...detailOfCheck(checkChosen, state));
  const field = about ? state.field.get(about) : null;
  if (!field) return detail.replaceChildren(make('p', { class: 'empty' }, say('choose')));
  const name = stateOf(field);
  const rows = [
    [say('raw'), field.raw !== undefined ? make('q', {}, field.raw) : say('nowhere')],
    [say('place'), placeWords(field.places)],
    [say('path'), pathsOf(field.places)],
    [say('decided-by'), field.stage ? make('code', {}, field.stage) : null],
    [say('note'), [field.note, field.confirmed === false ? say('unconfirmed') : null].filter(Boolean).join('; ')],
    [say('pointer'), make('code', {}, field.pointer)],
  ].filter(([, content]) => content);
  const checks = state.checksOf.get(about) ?? [];
  const repairs = state.repairs.filter((repair) => repair.path === about || repair.from === about);
  put(detail,
    make('div', { class: 'detail-head' },
      make('h2', {}, nameOf(about)),
      make('strong', { class: `state-${name}` }, shown(field) || say('none')),
      make('span', { class: `chip state-${name}`, title: say(`about.${name}`) }, say(`state.${name}`)),
      canCorrect(field) ? make('button', { type: 'button', class: 'edit', 'aria-keyshortcuts': 'e', onclick: () => openCorrection(about) }, say('correct')) : null),
    make('p', { class: 'about' }, say(`about.${name}`)),
    make('dl', {}, ...rows.flatMap(([title, content]) => [make('dt', {}, title), make('dd', {}, content)])),
    repairs.length ? make('p', { class: 'about' }, `${say('repairs-of')}: ${repairs.map((repair) => repair.reason).join('; ')}`) : null,
    checks.length ? make('ul', { class: 'checks-of', 'aria-label': say('checks-of') }, ...checks.map((check) => make('li', { class: check.status },
      make('button', { type: 'button', class: 'link', title: check.message, onclick: () => { openTab('checks', { focuses: false }); chooseCheck(check); showCheck(check); } }, `${check.id} ${say(`check.${check.status}`)}`)))) : null,
  );
}

/** Where in a web page or a Word file, as its own tools say it. */
function pathsOf(places) {
  const paths = (places ?? []).filter((place) => typeof place === 'string');
  return paths.length ? make('code', {}, [...new Set(paths)].join(' ')) : null;
}

function detailOfCheck(check, state) {
  const figures = check.pointers.map((pointer) => {
    const field = state.field.get(pointer);
    return make('li', { class: `state-${stateOf(field)}`, 'data-pointers': pointer },
      make('button', { type: 'button', class: 'link', onclick: () => showValue(pointer, { focuses: true }) }, `${nameOf(pointer)} `, make('b', {}, shown(field) || say('none'))));
  });
  return [
    make('div', { class: 'detail-head' }, make('h2', {}, `${check.id} · ${keyAsWords(check.instance)}`), make('span', { class: `chip check ${check.status}` }, say(`check.${check.status}`))),
    make('p', { class: 'about' }, check.message),
    check.expression ? equation(check) : null,
    make('ul', { class: 'figures' }, ...figures),
  ].filter(Boolean);
}

/** Opens the group of a check and moves to it. */
function showCheck(check, { focuses = false } = {}) {
  const panel = document.getElementById('checks');
  const group = panel.querySelector(`details.${check.status}`);
  if (!group) return;
  if (!group.open) {
    group.open = true;
    group.dispatchEvent(new Event('toggle'));
  }
  const id = `${check.id} ${check.instance}`;
  const button = [...panel.querySelectorAll('.check-button')].find((one) => one.dataset.check === id);
  if (!button) return;
  if (focuses) moveTo(checkButtons(), button);
  else scrollNear(button);
}

const checkButtons = () => [...document.querySelectorAll('#checks [data-roam]')].filter((button) => button.offsetParent !== null);
