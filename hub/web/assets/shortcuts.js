// Single keys on lists and complaints. They are off in fields and dialogs, and a person can switch them off (WCAG 2.1.4).
const panel = document.querySelector('[data-shortcuts]');
const listKey = 'minwon-list';
const fields = 'input:not([type="hidden"]), select, textarea';

const rows = () => [...document.querySelectorAll('.tbl.data tbody th.title a[href^="/complaints/"]')];
const here = () => rows().indexOf(document.activeElement?.closest('tr')?.querySelector('th.title a'));
// The row where the person stands, and the place of one that went under the person's feet when the list refreshed itself.
let stood = -1;
let lost = -1;

function focusRow(at) {
  const all = rows();
  const link = all[Math.max(0, Math.min(all.length - 1, at))];
  link?.focus();
  link?.scrollIntoView({ block: 'nearest' });
}

// The list that this tab shows is the one that a complaint's page goes along.
function keepList() {
  if (rows().length > 0)
    sessionStorage.setItem(listKey, JSON.stringify(rows().map((link) => link.getAttribute('href'))));
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
  if (here() >= 0) return focusRow(here() + step);
  // The next row is now at the place of the one that went.
  focusRow(lost < 0 ? 0 : lost + Math.min(step, 0));
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
  // What was looked for before is typed over.
  if (field) field.select();
  else location.assign('/?all=1#filter-text');
}

function write() {
  document.querySelector('#notes-form textarea')?.focus();
}

// The choice of steps is in a part that opens; among what can be done, a browser opens one part at a time.
function chooseStep() {
  const part = document.querySelector('#form-step');
  if (!part) return;
  part.open = true;
  part.querySelector('select').focus();
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  o: () => rows()[here()]?.click(),
  x: () => rows()[here()]?.closest('tr').querySelector('input[name="tick"]')?.click(),
  b: () => document.querySelector('#bulk-act')?.focus(),
  a: openAnswer,
  s: chooseStep,
  n: write,
  u: () => location.assign(document.querySelector('.breadcrumb a')?.href ?? '/'),
  '/': search,
  '?': () => panel.querySelector('dialog').showModal(),
};

// With Korean input on, the key is ㅓ where a person presses J.
const toKey = ({ key, code }) =>
  /^[\u3131-\u318e]$/.test(key) ? code.replace('Key', '').toLowerCase() : key;

// A closed dialog holds the focus until the browser draws the next frame: a key pressed at once still comes from there.
const isTyping = (target) =>
  Boolean(
    target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable], dialog[open]'),
  );

if (panel) {
  const opener = panel.querySelector('[data-shortcuts-open]');
  opener.hidden = false;
  opener.addEventListener('click', () => panel.querySelector('dialog').showModal());
  keepList();
  document.addEventListener('focusin', ({ target }) => {
    if (target.hasAttribute('data-live')) return;
    [stood, lost] = [here(), -1];
  });
  document.addEventListener('refreshed', ({ target }) => {
    keepList();
    // Whoever stands on the list itself stood on what went (live-part.js).
    if (target === document.activeElement) lost = stood;
  });
  if (panel.dataset.shortcuts === 'on')
    document.addEventListener('keydown', (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const key = toKey(event);
      if (!Object.hasOwn(acts, key)) return;
      event.preventDefault();
      acts[key]();
    });
  // A form that was asked for begins with its first field. The address leads to the part that it stands in, and a
  // browser takes the focus away again as it goes there, which is when the page has loaded.
  const asked = { '#form-answer': '#form-answer textarea', '#form-step': `.step-form :is(${fields})` };
  const opened = new URLSearchParams(location.search);
  const begin = () => document.querySelector(asked[location.hash])?.focus();
  if (opened.has('step') || opened.has('draft')) {
    if (document.readyState === 'complete') begin();
    else addEventListener('load', () => setTimeout(begin));
  }
}
