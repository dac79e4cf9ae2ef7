// Makes the workbench comfortable: what is typed is tried at once, names are completed, a mistake is found by a press.
// Without this file every button does the same by loading the page.
const form = document.querySelector('[data-workbench]');
const expression = form?.querySelector('[data-completes]');
const list = form?.querySelector('[data-list]');
const told = form?.querySelector('[data-told]');
const pause = 500;
const mostShown = 30;
let waiting;
let asked = 0;

// The parts that follow from what was sent. What a person types in stays as it is.
function show(page) {
  for (const part of document.querySelectorAll('[data-part]')) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    const open = part.matches('details') && part.open;
    const focused = part.contains(document.activeElement) ? document.activeElement.value : undefined;
    part.replaceWith(fresh);
    if (open) fresh.open = true;
    if (focused) fresh.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
  }
}

async function send(action) {
  clearTimeout(waiting);
  const turn = ++asked;
  const fields = new URLSearchParams(new FormData(form));
  fields.set('do', action);
  const response = await fetch(form.action, { method: 'POST', body: fields });
  // A later one has been sent, or the person is signed out: then the next press of a button says so.
  if (turn !== asked || !response.ok || response.redirected) return;
  show(new DOMParser().parseFromString(await response.text(), 'text/html'));
}

function sendSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => send('try').catch(() => undefined), pause);
}

const words = () => [...form.querySelectorAll('[data-word]')].map((one) => one.dataset.word);

// What is being written before the cursor: a path of names, or a function.
function begun() {
  if (expression.selectionStart !== expression.selectionEnd) return '';
  const before = expression.value.slice(0, expression.selectionStart);
  return /[\p{L}_$][\p{L}\p{N}_.]*$/u.exec(before)?.[0] ?? '';
}

function close() {
  list.hidden = true;
  list.replaceChildren();
  told.textContent = '';
  expression.removeAttribute('aria-activedescendant');
  expression.removeAttribute('aria-controls');
}

// After a path that begins in a list, its last name alone is written: `replies.{ "text": cn }`.
function findMatches(text) {
  const small = text.toLowerCase();
  const rank = (word) =>
    word.toLowerCase().startsWith(small) ? 0 : word.toLowerCase().includes(`.${small}`) ? 1 : 2;
  return words()
    .filter((word) => rank(word) < 2 && word !== text)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, mostShown);
}

function complete(isAsked) {
  const text = begun();
  const found = text.length > 0 || isAsked ? findMatches(text) : [];
  if (found.length === 0) return close();
  list.replaceChildren(
    ...found.map((word, n) => {
      const option = document.createElement('div');
      option.setAttribute('role', 'option');
      option.id = `completion-${n}`;
      option.textContent = word;
      option.dataset.inserted =
        word.startsWith(text) || !word.includes('.') ? word : word.slice(word.lastIndexOf('.') + 1);
      return option;
    }),
  );
  list.hidden = false;
  expression.setAttribute('aria-controls', list.id);
  told.textContent = expression.dataset.completions.replace('0', found.length);
  choose(0);
}

function choose(n) {
  const options = [...list.children];
  const at = (n + options.length) % options.length;
  for (const [place, option] of options.entries()) option.setAttribute('aria-selected', String(place === at));
  options[at].scrollIntoView({ block: 'nearest' });
  expression.setAttribute('aria-activedescendant', options[at].id);
}

const chosen = () => list.querySelector('[aria-selected="true"]');

function insert(option) {
  const word = option.dataset.inserted;
  const end = expression.selectionStart;
  // Of a function only its name and the bracket are written.
  const text =
    word.startsWith('$') && !word.startsWith('$code("') ? word.slice(0, word.indexOf('(') + 1) : word;
  expression.setRangeText(text, end - begun().length, end, 'end');
  close();
  expression.focus();
  sendSoon();
}

function onKey(event) {
  if (event.key === ' ' && event.ctrlKey) {
    event.preventDefault();
    return complete(true);
  }
  if (list.hidden) return undefined;
  const at = [...list.children].indexOf(chosen());
  const acts = {
    ArrowDown: () => choose(at + 1),
    ArrowUp: () => choose(at - 1),
    Enter: () => insert(chosen()),
    Escape: close,
  };
  if (!Object.hasOwn(acts, event.key)) return undefined;
  event.preventDefault();
  return acts[event.key]();
}

function onPress(event) {
  const target = event.target.closest?.('[data-position], [data-open], [data-word]');
  if (!target) return;
  if (target.dataset.position !== undefined) {
    event.preventDefault();
    const at = Math.max(0, Number(target.dataset.position) - 1);
    expression.focus();
    expression.setSelectionRange(at, at + 1);
  } else if (target.dataset.open !== undefined) {
    event.preventDefault();
    form.querySelector('[name="open"]').value = target.dataset.open;
    form.requestSubmit(form.querySelector('button[value="open"]'));
  }
}

if (form && expression) {
  list.id = 'completions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', expression.dataset.hint);
  expression.setAttribute('aria-autocomplete', 'list');
  expression.addEventListener('input', () => {
    complete(false);
    sendSoon();
  });
  expression.addEventListener('keydown', onKey);
  expression.addEventListener('blur', () => setTimeout(close, 150));
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const option = event.target.closest('[role="option"]');
    if (option) insert(option);
  });
}
form?.querySelector('[name="sample"]')?.addEventListener('input', sendSoon);
form?.addEventListener('click', (event) => {
  const item = event.target.closest('button[value^="item "]');
  if (item) {
    event.preventDefault();
    send(item.value).catch(() => form.requestSubmit(item));
  } else onPress(event);
});
