// Lists that are worked on, canned answers, printing and single keys. Everything else works without this.
import './shortcuts.js';

const bar = document.querySelector('#bulk');
const boxes = () => [...document.querySelectorAll('input[name="tick"][form="bulk"]')];

function countTicks() {
  const all = boxes();
  const ticked = all.filter((box) => box.checked).length;
  const state = bar.querySelector('[data-tick-count]');
  const words = ticked === 0 ? '' : state.dataset.tickCount.replace('#', ticked);
  // Said once: a status that is set to what it says already would be read again.
  if (state.textContent !== words) state.textContent = words;
  const whole = bar.querySelector('[data-tick-all] input');
  whole.checked = ticked > 0 && ticked === all.length;
  whole.indeterminate = ticked > 0 && ticked < all.length;
}

if (bar) {
  const whole = bar.querySelector('[data-tick-all]');
  whole.hidden = false;
  whole.addEventListener('change', ({ target }) => {
    for (const box of boxes()) box.checked = target.checked;
    countTicks();
  });
  document.addEventListener('change', ({ target }) => target.name === 'tick' && countTicks());
  // The list refreshes itself (live.js), and a browser that goes back ticks again what was ticked.
  new MutationObserver(countTicks).observe(document.querySelector('main'), {
    childList: true,
    subtree: true,
  });
  addEventListener('pageshow', countTicks);
  countTicks();
}

const printing = document.querySelector('[data-print]');
if (printing) {
  printing.hidden = false;
  printing.addEventListener('click', () => print());
}

// An answer may have several fields: the one that the person was in last.
const lastFields = new WeakMap();
document.addEventListener('focusin', ({ target }) => {
  if (target.matches('form textarea')) lastFields.set(target.form, target);
});

// A canned answer goes to where the person types, in place of what is selected. The draft is kept as of any typing.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-canned]');
  const form = link?.closest('form');
  const field = lastFields.get(form) ?? form?.querySelector('textarea');
  if (!field) return;
  event.preventDefault();
  field.setRangeText(link.dataset.canned, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
});
