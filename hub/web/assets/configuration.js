// Keeps the form of a configuration and its YAML one draft: what is typed in one is sent, and shows in the other.
const form = document.querySelector('form[data-draft]');
const source = document.getElementById('source');
const saving = document.querySelector('[data-saving]');
const pause = 500;
let waiting;
let underWay;
let isNewer = false;

const say = (what) => {
  if (saving) saving.textContent = what ? saving.dataset[what] : '';
};

/** What a press of Enter or a button would send. */
const toBody = (request) => {
  const body = new URLSearchParams(new FormData(form));
  body.set('do', request);
  return body;
};

async function send(request) {
  clearTimeout(waiting);
  underWay?.abort();
  const own = new AbortController();
  underWay = own;
  isNewer = false;
  say('unsaved');
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { 'x-draft': '1' },
      body: toBody(request),
      signal: own.signal,
    });
    if (response.redirected || ![200, 422].includes(response.status))
      throw new Error('the draft was not taken');
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (own.signal.aborted || isNewer) return;
    show(page);
    say(response.status === 200 ? 'saved' : '');
    if (response.status === 200) for (const one of form.querySelectorAll('[data-quiet]')) one.value = '';
    if (request.startsWith('add ')) focusAdded(request.slice(4));
  } catch {
    if (!own.signal.aborted) say('lost');
  }
}

/** Takes over what the hub made of the draft. What has the focus keeps it, and what was folded open stays open. */
function show(page) {
  const focused = document.activeElement;
  const id = focused?.id;
  const range =
    focused && 'selectionStart' in focused ? [focused.selectionStart, focused.selectionEnd] : undefined;
  const open = new Set([...form.querySelectorAll('details[open]')].map((one) => one.id));
  for (const part of document.querySelectorAll('[data-part]')) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    for (const one of fresh.querySelectorAll('details')) one.open ||= open.has(one.id);
    part.replaceWith(fresh);
  }
  for (const hidden of form.querySelectorAll('[data-follow]')) {
    const fresh = page.querySelector(`form[data-draft] [name="${hidden.name}"]`);
    if (fresh) hidden.value = fresh.value;
  }
  const text = page.getElementById('source')?.value;
  if (text !== undefined && text !== source.value) {
    const top = source.scrollTop;
    source.value = text;
    source.scrollTop = top;
  }
  const again = id && document.getElementById(id);
  if (again && again !== document.activeElement) {
    again.focus({ preventScroll: true });
    if (range && range[0] !== null) again.setSelectionRange?.(...range);
  }
  equip();
}

function focusAdded(pointer) {
  const name = CSS.escape(pointer);
  const inputs = [...form.querySelectorAll(`[name^="${name}/"]`)].filter((one) => one.type !== 'hidden');
  const first = inputs.findLast((one, n) => one.value === '' && inputs[n - 1]?.value !== '') ?? inputs[0];
  first?.focus();
}

function typed({ target }) {
  if (target.matches('[data-search], [data-quiet]')) return;
  isNewer = true;
  clearTimeout(waiting);
  waiting = setTimeout(() => send('save'), pause);
}

const inPlace = /^(?:add|remove|up|down) |^save$/;

function pressed(event) {
  const { submitter } = event;
  if (submitter?.name !== 'do' || !inPlace.test(submitter.value)) return;
  event.preventDefault();
  send(submitter.value);
}

/** Shows only the fields whose name or label has the word. */
function search({ target }) {
  const word = target.value.trim().toLowerCase();
  const fields = [...form.querySelectorAll('.config-fields .config-field')];
  const leaves = fields.filter((one) => !one.querySelector('.config-field'));
  const fits = (one) => {
    const label = one.querySelector('legend, label')?.textContent.toLowerCase() ?? '';
    const name = one.querySelector('[name^="/"]')?.name.toLowerCase() ?? '';
    return word === '' || label.includes(word) || name.includes(word);
  };
  const found = leaves.filter(fits);
  for (const one of fields) one.hidden = !found.some((leaf) => one.contains(leaf)) && word !== '';
  for (const one of form.querySelectorAll('.config-fields section.card'))
    one.hidden = word !== '' && !found.some((leaf) => one.contains(leaf));
  if (word !== '')
    for (const one of form.querySelectorAll('.config-fields details'))
      one.open = found.some((leaf) => one.contains(leaf));
  const said = form.querySelector('[data-found]');
  said.textContent = word === '' ? '' : `${said.dataset.found} ${found.length}`;
}

/** A problem leads to its line. */
function toLine(event) {
  const link = event.target.closest?.('[data-line]');
  if (link) {
    event.preventDefault();
    const lines = source.value.split('\n');
    const line = Math.min(Number(link.dataset.line), lines.length);
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    source.focus();
    source.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
    source.scrollTop = (line - 4) * (source.scrollHeight / lines.length);
  }
  const place = event.target.closest?.('a[href^="#f"]');
  const field = place && document.getElementById(place.getAttribute('href').slice(1));
  for (let one = field?.closest('details'); one; one = one.parentElement.closest('details')) one.open = true;
}

const follow = () => {
  const lines = document.querySelector('.source-lines');
  if (lines) lines.scrollTop = source.scrollTop;
};

function equip() {
  const field = form.querySelector('.config-search');
  if (field) field.hidden = false;
  follow();
}

if (form && source && !form.querySelector('fieldset').disabled) {
  document.documentElement.classList.add('with-script');
  form.addEventListener('input', typed);
  form.addEventListener('change', (event) => event.target.matches('[data-variant]') && send('save'));
  form.addEventListener('submit', pressed);
  form.addEventListener('input', (event) => event.target.matches('[data-search]') && search(event));
  document.addEventListener('click', toLine);
  source.addEventListener('scroll', follow);
  equip();
  // What was typed before this script came is sent too.
  if (source.value !== source.defaultValue) typed({ target: source });
} else if (source) {
  document.documentElement.classList.add('with-script');
  source.addEventListener('scroll', follow);
  document.addEventListener('click', toLine);
}
