// Words of the interface, in the language of the browser or the one that was switched to.

const words = JSON.parse(document.getElementById('strings').textContent);
const languages = Object.keys(words);
let language = (navigator.language || '').toLowerCase().startsWith('zh') ? 'zh' : 'en';

/** The words for `key`, with `{name}` filled in; the key itself where there are none. */
function say(key, values = {}) {
  const text = words[language][key] ?? words.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** Puts words into everything that names them. */
function sayAll(root = document) {
  for (const element of root.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
  for (const element of root.querySelectorAll('[data-say-label]')) {
    const text = say(element.dataset.sayLabel);
    element.setAttribute('aria-label', text);
    if (element.tagName === 'BUTTON') element.title = text;
  }
}

function switchLanguage() {
  language = languages[(languages.indexOf(language) + 1) % languages.length];
  applyLanguage();
}

function applyLanguage() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  sayAll();
  for (const state of states.values()) state.names = namesIn(state);
  const other = languages[(languages.indexOf(language) + 1) % languages.length];
  const button = document.getElementById('language');
  button.textContent = words[other]['language-name'];
  button.lang = other;
  redraw();
}

/** Says something to those who listen to the page. */
function speak(text) {
  document.getElementById('spoken').textContent = text;
}
