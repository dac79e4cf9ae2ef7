// Puts what is new in place of a part of the page. What a person ticked, opened and stands on stays as it was.

const typed = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

/** A part that a person types in, or presses something in, waits until that is over. */
export const isWorkedIn = (part) =>
  part.matches(':active') || (part.contains(document.activeElement) && document.activeElement.matches(typed));

const traits = ['id', 'href', 'name', 'value', 'formaction'];

/** What tells one element of a part from the others, also when lines have moved: a link by where it leads. */
function toMark(element) {
  const told = traits.map((trait) => element.getAttribute(trait));
  const action = element.form?.getAttribute('action');
  const words = told.every((value) => value === null) ? element.textContent.trim() : '';
  return JSON.stringify([element.localName, ...told, action, words]);
}

const listSame = (part, element) => {
  const mark = toMark(element);
  return [...part.querySelectorAll(element.localName)].filter((one) => toMark(one) === mark);
};

/** The same element of what is new. Among several that are alike: the one that stands at the same place among them. */
function findSame(part, fresh, element) {
  const found = listSame(fresh, element);
  return found[listSame(part, element).indexOf(element)] ?? found[0];
}

function keepTicks(part, fresh) {
  for (const box of part.querySelectorAll('input[name="tick"]:checked')) {
    const same = findSame(part, fresh, box);
    if (same) same.checked = true;
  }
}

function keepOpen(part, fresh) {
  for (const summary of part.querySelectorAll('details > summary')) {
    const same = findSame(part, fresh, summary);
    if (same) same.parentElement.open = summary.parentElement.open;
  }
}

/** Where a person stands. Whoever stood on what is gone stands on the part, so that the next Tab goes on from there. */
function keepFocus(fresh, same) {
  if (!same) fresh.tabIndex = -1;
  (same ?? fresh).focus({ preventScroll: true });
}

export function replacePart(part, fresh) {
  keepTicks(part, fresh);
  keepOpen(part, fresh);
  const stood = part.contains(document.activeElement) && document.activeElement;
  const same = stood && stood !== part ? findSame(part, fresh, stood) : undefined;
  part.replaceWith(fresh);
  if (stood) keepFocus(fresh, same);
  fresh.dispatchEvent(new Event('refreshed', { bubbles: true }));
}
