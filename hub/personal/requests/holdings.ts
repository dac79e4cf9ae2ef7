import { sql, type Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import type { SubjectRequest } from './request.ts';
import { takeStep } from './take-step.ts';

/**
 * Where something of a person may lie. `mention`: a complaint of another person in which this one is named: only the passages are given
 * out. `filter`: a search that an officer saved.
 */
export const holdingSources = ['complaint', 'mention', 'raw_item', 'draft', 'filter', 'request'] as const;
export type HoldingSource = (typeof holdingSources)[number];

/** What somebody said of something that was found: it is of the person, or it is not. */
export interface Holding {
  source: HoldingSource;
  rowId: string;
  complaintId: string | null;
  theirs: boolean;
  decidedBy: string;
  decidedAt: Date;
}

export const listHoldings = (
  { db }: Pick<Store, 'db'>,
  { id }: Pick<SubjectRequest, 'id'>,
): Promise<Holding[]> =>
  db
    .selectFrom('subject_holdings')
    .select(['source', 'row_id as rowId', 'complaint_id as complaintId', 'theirs'])
    .select(['decided_by as decidedBy', 'decided_at as decidedAt'])
    .where('request_id', '=', id)
    .orderBy('source')
    .orderBy('row_id')
    .execute();

export type Judged = Pick<Holding, 'source' | 'rowId' | 'complaintId' | 'theirs'>;

/** Keeps what a person said of what was found. False: the request is in a state in which nothing is looked for. */
export const judgeHoldings = (
  { db }: Pick<Store, 'db'>,
  request: Pick<SubjectRequest, 'id' | 'number'>,
  { judged, by }: { judged: readonly Judged[]; by: string },
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const own = judged.filter(({ theirs }) => theirs).length;
    const note = `${own} / ${judged.length}`;
    if (!(await takeStep(trx, request, 'found', { by, note }))) return false;
    for (const one of judged) await saveHolding(trx, request.id, one, by);
    return true;
  });

const saveHolding = (trx: Transaction<Tables>, id: string, one: Judged, by: string) =>
  trx
    .insertInto('subject_holdings')
    .values({
      ...{ request_id: id, source: one.source, row_id: one.rowId, complaint_id: one.complaintId },
      ...{ theirs: one.theirs, decided_by: by },
    })
    .onConflict((conflict) =>
      conflict.columns(['request_id', 'source', 'row_id']).doUpdateSet({
        theirs: one.theirs,
        decided_by: by,
        decided_at: sql`now()`,
      }),
    )
    .execute();
