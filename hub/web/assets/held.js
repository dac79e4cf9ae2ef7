// Counts down to when something goes out that was sent a moment ago. The page states the time without this.
const begun = new WeakMap();
// A person who listens hears the time when it matters, and not each second.
const saidAt = [30, 10];
const said = document.createElement('p');
said.className = 'sr-only';
said.setAttribute('role', 'status');
let spoken;

function say(text) {
  if (spoken === text) return;
  spoken = text;
  said.textContent = text;
}

/** Milliseconds of this page's own clock: the person's clock may be wrong. */
function leftOf(element) {
  if (!begun.has(element)) begun.set(element, performance.now() + Number(element.dataset.held) * 1000);
  return Math.max(0, Math.ceil((begun.get(element) - performance.now()) / 1000));
}

function count() {
  for (const element of document.querySelectorAll('[data-held]')) {
    const { left, soon, saidLeft, saidSoon } = element.dataset;
    const seconds = leftOf(element);
    const text = seconds > 0 ? left.replace('{0}', seconds) : soon;
    if (element.textContent !== text) element.textContent = text;
    if (saidAt.includes(seconds)) say(saidLeft.replace('{0}', seconds));
    if (seconds === 0) say(saidSoon);
  }
}

document.body.append(said);
count();
setInterval(count, 500);
