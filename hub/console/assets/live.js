// Refreshes the marked parts of this page when the hub says that something changed.
const marked = () => document.querySelectorAll('[data-live]');
const shortestPause = 1000;
let asked = false;
let busy = false;

async function refresh() {
  const response = await fetch(location.href, { headers: { 'x-live': '1' } });
  if (!response.ok || response.redirected) return;
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
    await refresh().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, shortestPause));
  }
  busy = false;
}

if (marked().length > 0) {
  new EventSource('/events').addEventListener('look', look);
  document.addEventListener('visibilitychange', () => asked && look());
}
