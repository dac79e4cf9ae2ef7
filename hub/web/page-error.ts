/**
 * Why a page is not shown.
 * - `forbidden`: the person has no right to it
 * - `masked`: it shows persons, whom this role sees masked everywhere
 * - `not_found`: there is none, or the person may not know of it
 * - `foreign_form`: a form that did not come from a page of this session
 * - `stale_form`: a form of a page of this site, but not of this session: the person signed in anew since
 * - `not_understood`: a form that cannot be read
 * - `not_a_form`: a body that is no form, or a form with files on a page that takes none
 */
export class PageError extends Error {
  readonly kind:
    | 'forbidden'
    | 'masked'
    | 'not_found'
    | 'foreign_form'
    | 'stale_form'
    | 'not_understood'
    | 'not_a_form';
  constructor(kind: PageError['kind'], cause?: unknown) {
    super(kind, { cause });
    this.name = 'PageError';
    this.kind = kind;
  }
}

/** Status and text of each kind of error page. */
export const errorPages = {
  forbidden: 403,
  masked: 403,
  not_found: 404,
  foreign_form: 403,
  stale_form: 403,
  not_understood: 400,
  not_a_form: 415,
  public_url: 409,
  busy: 429,
  too_slow: 503,
  files_away: 503,
  failed: 500,
} as const;
export type ErrorPage = keyof typeof errorPages;
