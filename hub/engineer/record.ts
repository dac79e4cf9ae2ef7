import type { Logger } from 'pino';
import type { Queryable } from '../store/database.ts';
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

/** Notes a change where an operator finds it. */
export function recordChange(log: Logger, { agency, name, way }: Actor, { action, subject }: Recorded): void {
  log.info({ agency, by: name, way, action, subject }, 'an engineer changed the connection');
}
