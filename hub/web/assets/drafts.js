// Keeps what is typed into a form at the hub, a moment after each pause, so that nothing is lost with this page.
const pause = 1500;
const retryPause = 15_000;
// The most bytes that a browser sends of a page that is left (Fetch, keepalive).
const mostWhenLeft = 60_000;

function toBody(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(fields);
}

/** The word of the form's texts that says how it went. */
async function send(form, signal) {
  const { status } = await fetch(form.dataset.draft, { method: 'POST', body: toBody(form), signal });
  if (status === 204) return 'saved';
  if (status === 401 || status === 403) return 'over';
  return status === 413 ? 'large' : 'failed';
}

function keep(form) {
  const state = form.querySelector('[data-draft-state]');
  let timer;
  let sending;
  let isChanged = false;

  const say = (word) => {
    state.textContent = state.dataset[word];
  };

  async function save() {
    clearTimeout(timer);
    if (sending || !isChanged) return;
    isChanged = false;
    sending = new AbortController();
    const { signal } = sending;
    const said = await send(form, signal).catch(() => 'failed');
    sending = undefined;
    if (signal.aborted) return;
    say(said);
    if (said === 'failed') isChanged = true;
    if (isChanged) timer = setTimeout(save, said === 'failed' ? retryPause : pause);
  }

  function typed() {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  form.addEventListener('input', typed);
  form.addEventListener('submit', () => {
    isChanged = false;
    clearTimeout(timer);
    sending?.abort();
  });
  addEventListener('pagehide', () => {
    if (!isChanged) return;
    const body = toBody(form);
    if (body.toString().length < mostWhenLeft)
      fetch(form.dataset.draft, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  });
}

for (const form of document.querySelectorAll('form[data-draft]')) keep(form);
