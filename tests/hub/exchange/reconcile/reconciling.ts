import { createReconcileActions, type Selection } from '../../../../hub/exchange/reconcile/decide-repairs.ts';
import type { DriftKind, DriftPart, DriftState } from '../../../../hub/store/tables/column-types.ts';
import type { TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

interface Drift {
  id: string;
  kind: DriftKind;
  externalId: string;
  state: DriftState;
  note: string | null;
  parts: DriftPart[];
}

export interface Report {
  id: string;
  posts: number;
  underWay: number;
  drifts: Drift[];
}

/** A person who has boards of a hub compared and repaired. */
export function createReconciler({ store }: TestHub) {
  const actions = createReconcileActions(store, () => undefined);

  async function readReport(id: string): Promise<Report | undefined> {
    const { rows } = await store.pool.query('select * from reconciliations where id = $1', [id]);
    if (rows[0]?.state === 'failed') throw new Error(rows[0].error);
    if (rows[0]?.state !== 'done') return undefined;
    const drifts = await store.pool.query(
      `select id, kind, external_id as "externalId", state, note, parts from drifts where reconciliation_id = $1
       order by kind, external_id`,
      [id],
    );
    return { id, posts: rows[0].posts, underWay: rows[0].under_way, drifts: drifts.rows };
  }

  return {
    actions,
    readReport,
    /** Compare now; resolves with the report. */
    async compare(agency: string, since?: Date): Promise<Report> {
      const id = await actions.ask(agency, 'admin', since);
      return waitFor('the report', () => readReport(id), 20_000);
    },
    /** Repair, and wait until everything was handed to the loops and all links of the agency are level. */
    async repair(agency: string, report: Report, selection: Selection = { all: true }): Promise<void> {
      await actions.repair(report.id, selection, 'admin');
      await waitFor('the repairs', async () => !(await any("drifts where state = 'repairing'")), 20_000);
      const behind = `links where agency = '${agency}' and (state = 'parked' or held < due or attempting is not null)`;
      await waitFor('all links level', async () => !(await any(behind)), 20_000);
    },
  };

  async function any(from: string): Promise<boolean> {
    const { rows } = await store.pool.query(`select exists (select from ${from}) as found`);
    return rows[0].found;
  }
}

/** Kinds with ids, and of differences the fields with their remedies: what a report comes down to. */
export const inShort = ({ drifts }: Report) =>
  drifts.map(({ kind, externalId, parts }) =>
    [
      kind,
      externalId,
      ...(kind === 'differs' ? parts.map(({ part, remedy }) => `${part}: ${remedy}`) : []),
    ].join(' '),
  );
