import type { Transaction } from 'kysely';
import { writeAudit } from '../access/audit/audit.ts';
import type { Queryable } from '../store/database.ts';
import type { Tables } from '../store/tables/tables.ts';
import type { Actor } from './actor.ts';

/** Something that an engineer changes, within a transaction. */
export type Change<Wish, Result> = (client: Queryable, actor: Actor, wish: Wish) => Promise<Result>;

/** What was changed, for the record. It holds no secret and no personal data. */
export interface Recorded {
  /** `key.make`, `webhook.pause` … */
  action: string;
  /** The key, endpoint or item. */
  subject: string;
}

/** Writes the change into the record of all changes, in the transaction of the change. */
export const recordChange = (
  trx: Transaction<Tables>,
  { agency, name, way }: Actor,
  { action, subject }: Recorded,
): Promise<void> =>
  writeAudit(trx, {
    ...{ actor: name, way, agency },
    action: `engineer.${action}`,
    subject: `${action.split('.')[0]} ${subject}`,
  });
