// Refreshes the marked parts of this page when the hub says that something changed; says so when it cannot.
import { isWorkedIn, replacePart } from './live-part.js';
import { createStream } from './live-stream.js';

const marked = () => document.querySelectorAll('[data-live]');
const notice = document.querySelector('[data-stale]');
const shortestPause = 1000;
// Milliseconds without a stream after which the page counts as stale, and between two words that this page is seen.
const patience = 5000;
const seenInterval = 15_000;
let asked = false;
let busy = false;
let isOpen = false;
// Something may have changed that this page did not hear.
let deaf = false;
// A part was not refreshed, because a person worked in it.
let waiting = false;
let lost;
let line;

// A list with a condition that there is not says so by its status, and is the same list when it is looked at again.
const isSame = ({ ok, status, redirected }) => (ok || status === 422) && !redirected;

// Whoever must not see it any more gets another page: then this one is stale as well.
async function refresh() {
  const response = await fetch(location.href, { headers: { 'x-live': '1' } });
  if (!isSame(response)) throw new Error('the page is not what it was');
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of marked()) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    if (isWorkedIn(part)) waiting = true;
    else replacePart(part, fresh);
  }
}

// What waited is shown as soon as the person is done: a field was left, a button let go.
function lookIfWaiting() {
  if (!waiting) return;
  waiting = false;
  look();
}

async function look() {
  asked = true;
  if (busy || document.hidden) return;
  busy = true;
  while (asked && !document.hidden) {
    asked = false;
    notice.hidden = await refresh().then(
      () => isOpen,
      () => false,
    );
    await new Promise((resolve) => setTimeout(resolve, shortestPause));
  }
  busy = false;
}

function opened() {
  clearTimeout(lost);
  lost = undefined;
  isOpen = true;
  if (deaf || !notice.hidden) look();
  deaf = false;
}

function waitForStream() {
  lost ??= setTimeout(() => {
    notice.hidden = false;
  }, patience);
}

function failed() {
  isOpen = false;
  deaf = true;
  waitForStream();
}

const words = { look, open: opened, lost: failed, waiting: waitForStream };

function hear(said) {
  words[said]();
  notice.dataset.stale = isOpen ? 'open' : 'lost';
}

// A page with a stream of its own, where browsers do not know shared workers (some on phones).
function openOwnLine() {
  const stream = createStream(hear);
  return { seen: () => stream.open(), hidden: () => stream.close() };
}

function openSharedLine() {
  const worker = new SharedWorker(new URL('./live-worker.js', import.meta.url), {
    type: 'module',
    name: 'live',
  });
  worker.addEventListener('error', () => {
    line = openOwnLine();
    turn();
  });
  worker.port.addEventListener('message', ({ data }) => hear(data));
  worker.port.start();
  return {
    seen() {
      // Its answer ends this: a worker that is gone says nothing.
      waitForStream();
      worker.port.postMessage('seen');
    },
    hidden: () => worker.port.postMessage('hidden'),
  };
}

// A browser has few connections to one host: only pages that are seen keep one open.
function turn() {
  if (!document.hidden) return line.seen();
  deaf = true;
  leave();
}

function leave() {
  clearTimeout(lost);
  lost = undefined;
  line.hidden();
}

// A page that answers a form stays as it is: what its address shows is another page.
if (marked().length > 0 && !document.querySelector('[data-still]')) {
  line = 'SharedWorker' in globalThis ? openSharedLine() : openOwnLine();
  turn();
  document.addEventListener('visibilitychange', turn);
  addEventListener('pagehide', leave);
  addEventListener('pageshow', ({ persisted }) => persisted && turn());
  for (const done of ['focusout', 'pointerup', 'keyup']) document.addEventListener(done, lookIfWaiting);
  setInterval(() => document.hidden || line.seen(), seenInterval);
}
