// Single keys on lists and complaints. They are off in fields and dialogs, and a person can switch them off (WCAG 2.1.4).
const panel = document.querySelector('[data-shortcuts]');
const listKey = 'minwon-list';

const rows = () => [...document.querySelectorAll('.tbl.data tbody th.title a[href^="/complaints/"]')];
const here = () => rows().indexOf(document.activeElement?.closest('tr')?.querySelector('th.title a'));

function focusRow(at) {
  const all = rows();
  const link = all[Math.max(0, Math.min(all.length - 1, at))];
  link?.focus();
  link?.scrollIntoView({ block: 'nearest' });
}

// On a complaint, the next one is that of the list that this tab showed last.
function openNeighbour(step) {
  const paths = JSON.parse(sessionStorage.getItem(listKey) ?? '[]');
  const at = paths.indexOf(location.pathname);
  const next = at < 0 ? undefined : paths[at + step];
  if (next) location.assign(next);
}

function move(step) {
  if (rows().length === 0) return openNeighbour(step);
  focusRow(here() + (here() < 0 && step < 0 ? 0 : step));
}

function openAnswer() {
  const link = rows()[here()];
  if (link) return location.assign(`${link.getAttribute('href')}?draft=answer#form-answer`);
  const form = document.querySelector('#form-answer');
  if (!form) return;
  form.open = true;
  form.querySelector('textarea')?.focus();
}

function search() {
  const field = document.querySelector('#filter-text');
  if (field) field.focus();
  else location.assign('/?all=1#filter-text');
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  o: () => rows()[here()]?.click(),
  x: () => rows()[here()]?.closest('tr').querySelector('input[name="tick"]')?.click(),
  a: openAnswer,
  '/': search,
  '?': () => panel.querySelector('dialog').showModal(),
};

// With Korean input on, the key is ㅓ where a person presses J.
const toKey = ({ key, code }) =>
  /^[\u3131-\u318e]$/.test(key) ? code.replace('Key', '').toLowerCase() : key;

const isTyping = (target) =>
  Boolean(target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable], dialog'));

if (panel) {
  const opener = panel.querySelector('[data-shortcuts-open]');
  opener.hidden = false;
  opener.addEventListener('click', () => panel.querySelector('dialog').showModal());
  if (rows().length > 0)
    sessionStorage.setItem(listKey, JSON.stringify(rows().map((link) => link.getAttribute('href'))));
  if (panel.dataset.shortcuts === 'on')
    document.addEventListener('keydown', (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const key = toKey(event);
      if (!Object.hasOwn(acts, key)) return;
      event.preventDefault();
      acts[key]();
    });
  const isAnswering = new URLSearchParams(location.search).get('draft') === 'answer';
  if (isAnswering && location.hash === '#form-answer')
    document.querySelector('#form-answer textarea')?.focus();
}
