import type { DatabaseSync } from 'node:sqlite';
import type { ConfigurationReport, SignedConfiguration } from '../../../schemas/index.ts';
import type { SpoolTransaction } from './database.ts';

/** `current` is in use; `former` was in use before; `rolled-back` failed its check. */
type ConfigurationState = 'current' | 'former' | 'rolled-back';

export interface StoredConfiguration extends SignedConfiguration {
  version: number;
  state: ConfigurationState;
}

/** Stores what became of a configuration. If it failed, the last good one stays in use. */
export function saveConfiguration(
  tx: SpoolTransaction,
  { version, document, signature, state }: StoredConfiguration,
  report: ConfigurationReport,
): void {
  if (state === 'current') {
    tx.exec(`delete from configurations where state <> 'current'`);
    tx.exec(`update configurations set state = 'former'`);
  }
  tx.prepare(
    `insert into configurations (version, document, signature, state, report) values (?, ?, ?, ?, ?)
     on conflict (version) do update set document = excluded.document, signature = excluded.signature,
       state = excluded.state, report = excluded.report`,
  ).run(version, document, signature, state, JSON.stringify(report));
}

export function findCurrentConfiguration(db: DatabaseSync): StoredConfiguration | undefined {
  return db
    .prepare(`select version, document, signature, state from configurations where state = 'current'`)
    .get() as StoredConfiguration | undefined;
}

/** The newest version that the hub ever sent. An older one is not accepted again. */
export function findNewestVersion(db: DatabaseSync): number | undefined {
  const row = db.prepare('select max(version) as version from configurations').get();
  return typeof row?.version === 'number' ? row.version : undefined;
}

/** Reports that the hub has not yet taken. */
export function listReports(db: DatabaseSync): { version: number; report: ConfigurationReport }[] {
  const rows = db
    .prepare('select version, report from configurations where report is not null order by version')
    .all();
  return rows.map((row) => ({
    version: Number(row.version),
    report: JSON.parse(String(row.report)) as ConfigurationReport,
  }));
}

export function forgetReport(tx: SpoolTransaction, version: number): void {
  tx.prepare('update configurations set report = null where version = ?').run(version);
}
