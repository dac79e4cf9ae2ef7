import { type RawBuilder, sql } from 'kysely';
import { StoreError } from '../store-error.ts';
import type { Keys, MarkUse } from './keys.ts';
import { sealLeaves } from './sealed-leaves.ts';

/**
 * A parameter of a statement whose value needs the keys. Only a connection of the store has them: it puts the value in its
 * place as the statement goes out (sealing-pool.ts). On any other connection it is an error, so nothing goes out in the
 * clear by mistake.
 */
export class Keyed {
  readonly write: (keys: Keys) => unknown;
  constructor(write: (keys: Keys) => unknown) {
    this.write = write;
  }

  /** Called by pg for a value that no connection of the store has replaced. */
  toPostgres(): never {
    throw new StoreError(
      'sealed',
      'this connection has no keys: what is to be sealed goes through a pool of the store',
    );
  }
}

/** A personal text as a parameter: sealed where sealing is on. */
export const sealed = <T extends string | null | undefined>(text: T): Keyed | null =>
  text === null || text === undefined ? null : new Keyed((keys) => keys.seal(text));

/** The same for the query builder. */
export const sealedText = <T extends string | null>(text: T): RawBuilder<T> => sql<T>`${sealed(text)}`;

/**
 * What to look for in a column of marks (`… = any($1)`): the mark, and the text itself for rows that are not sealed yet.
 */
export const marksOf = (use: MarkUse, text: string | undefined): Keyed =>
  new Keyed((keys) => (text === undefined ? [] : keys.marks(use, text)));

/** The columns of {@link marksOf} a complainant's telephone number and lower-case address, as their indexes have them. */
export const personMarks = (complaint = '') => {
  const own = complaint && `${complaint}.`;
  return {
    phone: `coalesce(${own}phone_mark, ${own}content #>> '{complainant,phone}')`,
    email: `coalesce(${own}email_mark, lower(${own}content #>> '{complainant,email}'))`,
  };
};

/** A JSON value as a parameter, with everything sealed but the members that `clear` names ({@link sealLeaves}). */
export const sealedJson = (value: unknown, clear: readonly string[] = []): Keyed =>
  new Keyed((keys) => JSON.stringify(sealLeaves(keys, value, clear)));

/** The same for the query builder. */
export const sealedJsonText = <T>(value: T, clear: readonly string[] = []): RawBuilder<T> =>
  sql<T>`${sealedJson(value, clear)}::jsonb`;
