/**
 * Why a page is not shown.
 * - `forbidden`: the person has no right to it
 * - `not_found`: there is none, or the person may not know of it
 * - `foreign_form`: a form that did not come from a page of this session
 */
export class ConsoleError extends Error {
  readonly kind: 'forbidden' | 'not_found' | 'foreign_form';
  constructor(kind: ConsoleError['kind']) {
    super(kind);
    this.name = 'ConsoleError';
    this.kind = kind;
  }
}

/** Status and text of each kind of error page. */
export const errorPages = {
  forbidden: 403,
  not_found: 404,
  foreign_form: 403,
  too_slow: 503,
  failed: 500,
} as const;
export type ErrorPage = keyof typeof errorPages;
