import { createHash } from 'node:crypto';
import type { Queryable } from '../store/database.ts';
import { EngineerError } from './engineer-error.ts';

/** A caller's own name of a call (Idempotency-Key), and what was asked under it. */
export interface Named {
  agency: string;
  key: string;
  asked: unknown;
}

/** What came of it. `isRepeated`: it was done before, and nothing was done now. */
export interface Remembered<Result> {
  result: Result;
  isRepeated: boolean;
}

/**
 * Does something once under the caller's own name of it, in the transaction of `client`. Two at the same moment: the second
 * waits for the first. `toKept`: what a repetition is told, without secrets, which are shown once. Errors: EngineerError
 * `key_reused`.
 */
export async function doOnce<Result, Kept>(
  client: Queryable,
  { agency, key, asked }: Named,
  work: () => Promise<Result>,
  toKept: (result: Result) => Kept,
): Promise<Remembered<Result | Kept>> {
  const digest = createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
  const { rowCount } = await client.query(
    'insert into managed_calls (agency, key, digest) values ($1, $2, $3) on conflict do nothing',
    [agency, key, digest],
  );
  if (!rowCount) {
    const { rows } = await client.query<{ digest: string; reply: Kept }>(
      'select digest, reply from managed_calls where agency = $1 and key = $2',
      [agency, key],
    );
    if (rows[0]?.digest !== digest) throw new EngineerError('key_reused');
    return { result: rows[0].reply, isRepeated: true };
  }
  const result = await work();
  await client.query('update managed_calls set reply = $3 where agency = $1 and key = $2', [
    agency,
    key,
    JSON.stringify(toKept(result) ?? null),
  ]);
  return { result, isRepeated: false };
}
