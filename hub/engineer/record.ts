import type { Transaction } from 'kysely';
import { writeAudit } from '../access/audit/audit.ts';
import type { AuditAction } from '../access/audit/audit-actions.ts';
import type { Queryable } from '../store/database.ts';
import type { Tables } from '../store/tables/tables.ts';
import type { Actor } from './actor.ts';

/** Something that an engineer changes, within a transaction. */
export type Change<Wish, Result> = (client: Queryable, actor: Actor, wish: Wish) => Promise<Result>;

type OfConnection<Action> = Action extends `connection.${infer Name}` ? Name : never;

/** What was changed, for the record. It holds no secret and no personal data. */
export interface Recorded {
  action: OfConnection<AuditAction>;
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
    action: `connection.${action}`,
    subject: `${action.split('_')[0]} ${subject}`,
  });
