// Keeps what is typed as the person's draft, and shows what it will look like. Without it, the button does the same.
const form = document.querySelector('form[data-editor]');
const pause = 600;
let timer;
let busy = false;
let again = false;

async function keep() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
    }).catch(() => undefined);
    // Refused, or somebody else changed the draft: the button says what happened.
    if (!response?.ok) break;
    show(new DOMParser().parseFromString(await response.text(), 'text/html'));
  } while (again);
  busy = false;
}

function show(page) {
  const fresh = page.querySelector('form[data-editor] [name="mark"]');
  if (!fresh) return;
  form.elements.mark.value = fresh.value;
  for (const id of form.dataset.editor.split(' ')) {
    const [old, now] = [document.getElementById(id), page.getElementById(id)];
    if (old && now && old.innerHTML !== now.innerHTML && !old.contains(document.activeElement))
      old.replaceWith(now);
  }
}

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

form?.addEventListener('input', keepSoon);
// What was typed before this script came is kept too.
if (form && [...form.querySelectorAll('textarea')].some((field) => field.value !== field.defaultValue))
  keepSoon();
