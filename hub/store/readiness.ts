import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from './database.ts';
import { findPassingTrouble } from './database-trouble.ts';

/** Milliseconds: longer than the pools wait for a connection, shorter than orchestrators wait for an answer. */
const answerWithin = 4_000;

/** Why this process cannot work with its database, in words without addresses. Undefined: it can. */
export async function findTrouble({ pool, hot }: Pick<Store, 'pool' | 'hot'>): Promise<string | undefined> {
  const timer = new AbortController();
  const late = pause(answerWithin, 'the database does not answer in time', { signal: timer.signal });
  const asked = Promise.all([pool.query('select 1'), hot.query('select 1')]).then(
    () => undefined,
    (error: unknown) => findPassingTrouble(error) ?? 'the database is out of reach',
  );
  late.catch(() => undefined);
  return Promise.race([asked, late]).finally(() => timer.abort());
}
