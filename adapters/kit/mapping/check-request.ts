import { type Problem, toReason } from '../../../schemas/reason.ts';
import type { ShapePlace } from '../../contract.ts';

/**
 * Compares what is sent with the places that a board declares below a root: names that it does not take, and texts that
 * are too long for it. Where it declares no names, nothing is said.
 */
export function checkRequest(request: unknown, root: string, places: ShapePlace[]): Problem[] {
  const declared = new Map(
    places
      .filter(({ place }) => place.startsWith(`${root}.`))
      .map((one) => [one.place.replaceAll('[]', ''), one]),
  );
  const problems: Problem[] = [];
  visit(request, root, '');
  return problems;

  function visit(value: unknown, place: string, pointer: string): void {
    if (Array.isArray(value)) for (const [n, item] of value.entries()) visit(item, place, `${pointer}/${n}`);
    else if (typeof value === 'object' && value !== null) visitFields(value, place, pointer);
    else visitText(String(value ?? ''), place, pointer);
  }

  function visitFields(value: object, place: string, pointer: string): void {
    const names = namesBelow(declared, place);
    for (const [name, item] of Object.entries(value).filter(([key]) => !isMarkup(key))) {
      const own = name.slice(name.indexOf(':') + 1);
      const at = `${pointer}/${name}`;
      if (names.length === 0 || names.includes(own)) visit(item, `${place}.${own}`, at);
      else
        problems.push({
          pointer: at,
          reason: toReason('request_takes_not', { name: own, known: names.join(', ') }),
        });
    }
  }

  function visitText(text: string, place: string, pointer: string): void {
    const most = declared.get(place)?.length;
    const { length } = [...text];
    if (most !== undefined && length > most)
      problems.push({ pointer, reason: toReason('request_too_long', { length, most }) });
  }
}

function namesBelow(declared: Map<string, ShapePlace>, place: string): string[] {
  const before = `${place}.`;
  return [...declared.keys()].flatMap((one) =>
    one.startsWith(before) && !one.slice(before.length).includes('.') ? one.slice(before.length) : [],
  );
}

/** Attributes, and the text of an element that has some. */
const isMarkup = (name: string) => name === 'attributes' || name.startsWith('$') || name.startsWith('@');
