import type { Store } from '../../../../hub/store/database.ts';
import type { Agency, Stage } from '../../../../schemas/index.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** Rows of every table that is not the rehearsal's own, as a whole: any change of any row shows. */
export async function readEverything(
  { pool }: Store,
  leaveOut: string[] = [],
): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  const found: Record<string, string> = {};
  for (const { name } of rows.filter((row) => !leaveOut.includes(row.name))) {
    const { rows: digests } = await pool.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as digest from ${name} t`,
    );
    found[name] = digests[0]?.digest ?? '';
  }
  return found;
}

/** Writes a version with another stage, as another process would, and has the hubs read it. */
export async function count({ pool }: Store, text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${text}`, values);
  return rows[0]?.n ?? 0;
}

/** Waits until so many rows are there. */
export const waitForRows = (store: Store, what: string, text: string, n = 1) =>
  waitFor(what, async () => (await count(store, text)) >= n);

export const inStage = (agency: Agency, stage: Stage): Agency => ({ ...agency, stage });
