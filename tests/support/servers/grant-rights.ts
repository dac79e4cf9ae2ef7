import type { Connection } from 'mysql2/promise';
import type { SqlSettings } from '../../../adapters/sql/config.ts';
import { listNeededRights } from '../../../adapters/sql/files/rights.ts';

/**
 * Makes a user with the rights that these settings need and no more: columns for reading and changing; inserting needs
 * the whole row.
 */
export async function grantRights(
  root: Connection,
  database: string,
  settings: SqlSettings,
  { user, password }: { user: string; password: string },
): Promise<void> {
  const who = `'${user}'@'127.0.0.1'`;
  await root.query(`create user ${who} identified by '${password}'`);
  for (const [table, { select, insert, update }] of listNeededRights(settings)) {
    const columns = (names: Set<string>) => [...names].map((column) => `\`${column}\``).join(', ');
    const rights = [
      ...(select.size > 0 ? [`select (${columns(select)})`] : []),
      ...(insert.size > 0 ? ['insert'] : []),
      ...(update.size > 0 ? [`update (${columns(update)})`] : []),
    ];
    await root.query(`grant ${rights.join(', ')} on ${database}.${table} to ${who}`);
  }
}
