// Refreshes the marked parts of this page when the hub says that something changed; says so when it cannot.
const marked = () => document.querySelectorAll('[data-live]');
const notice = document.querySelector('[data-stale]');
const shortestPause = 1000;
// Milliseconds without a stream after which the page counts as stale, and after which one that was refused is asked for again.
const patience = 5000;
const refusedPause = 20_000;
let asked = false;
let busy = false;
let source;
let lost;
let again;

// Whoever must not see it any more gets another page: then this one is stale as well.
async function refresh() {
  const response = await fetch(location.href, { headers: { 'x-live': '1' } });
  if (!response.ok || response.redirected) throw new Error('the page is not what it was');
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of marked()) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    // A part that a person is working in stays as it is.
    if (fresh && fresh.innerHTML !== part.innerHTML && !part.contains(document.activeElement))
      part.replaceWith(fresh);
  }
}

async function look() {
  asked = true;
  if (busy || document.hidden) return;
  busy = true;
  while (asked && !document.hidden) {
    asked = false;
    notice.hidden = await refresh().then(
      () => source?.readyState === EventSource.OPEN,
      () => false,
    );
    await new Promise((resolve) => setTimeout(resolve, shortestPause));
  }
  busy = false;
}

function opened() {
  clearTimeout(lost);
  lost = undefined;
  // What changed without a stream was not heard.
  if (!notice.hidden || again) look();
  again = true;
}

function failed() {
  lost ??= setTimeout(() => {
    notice.hidden = false;
  }, patience);
  if (source.readyState !== EventSource.CLOSED) return;
  // Refused, and a browser does not ask again by itself: too many pages are open, or the person is signed out.
  leave();
  setTimeout(listen, refusedPause);
}

function listen() {
  if (source || document.hidden) return;
  source = new EventSource('/events');
  source.addEventListener('look', look);
  source.addEventListener('open', opened);
  source.addEventListener('error', failed);
}

function leave() {
  source?.close();
  source = undefined;
}

// A browser has few connections to one host: only a page that is seen holds one.
function turn() {
  if (document.hidden) leave();
  else listen();
}

if (marked().length > 0) {
  listen();
  document.addEventListener('visibilitychange', turn);
}
