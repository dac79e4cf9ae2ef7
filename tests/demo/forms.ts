/** What a person reads from a page of the console. */
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#34': '"', '#39': "'" };

const toText = (html: string): string =>
  html.replace(/&(lt|gt|amp|quot|#34|#39);/g, (_all, name: string) => entities[name] ?? '');

/** The text of a field of several lines. Undefined: the page has no such form. */
export function readArea(page: string, form: string, name: string): string | undefined {
  const [, inside = ''] = page.split(`id="form-${form}"`);
  const found = new RegExp(`<textarea[^>]* name="${name}"[^>]*>\\n?([^<]*)<`).exec(inside)?.[1];
  return found === undefined ? undefined : toText(found);
}

/** The values that can be chosen in a field. */
export function readChoices(page: string, form: string, name: string): string[] {
  const [, inside = ''] = page.split(`id="form-${form}"`);
  const [, select = ''] = new RegExp(`<select[^>]* name="${name}"[^>]*>([^]*?)</select>`).exec(inside) ?? [];
  return [...select.matchAll(/<option value="([^"]+)"/g)].map(([, value = '']) => toText(value));
}

/** The value of a button that sends a field of this name. */
export const readButton = (page: string, name: string, wanted: RegExp): string | undefined =>
  [...page.matchAll(new RegExp(`<button[^>]* name="${name}" value="([^"]+)"`, 'g'))]
    .map(([, value = '']) => toText(value))
    .find((value) => wanted.test(value));
