import type { Page } from '../store/read-page.ts';
import type { Typed } from './forms.ts';

/** URLs of the neighbouring pages, with the filters. Null: there is none. */
export function toPager(path: string, asked: Typed, page: Page<unknown>) {
  const { after: _after, before: _before, done: _done, ...filters } = asked;
  const toAddress = (name: string, cursor: string | undefined) =>
    cursor === undefined ? null : `${path}?${new URLSearchParams({ ...filters, [name]: cursor })}`;
  return {
    previous: toAddress('before', page.previous),
    next: toAddress('after', page.next),
    first: asked.after || asked.before ? `${path}?${new URLSearchParams(filters)}` : null,
  };
}
