import { createHash } from 'node:crypto';
import type { ComplaintContent } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Store } from '../../store/database.ts';
import type { Holding } from './holdings.ts';
import { type Correction, lastOf, type SubjectRequest } from './request.ts';
import { takeStep } from './take-step.ts';

/** A complaint as it is to be said anew. */
export interface CorrectedComplaint {
  id: string;
  receiptNumber: string;
  content: ComplaintContent;
  /** Changes with the content, so that the same correction is said once. */
  version: string;
}

/** Whether it may be carried out: it was asked for, and granted at least in part. */
export const mayCorrect = (request: SubjectRequest): boolean =>
  request.kind === 'correct' &&
  request.facts.correction !== undefined &&
  (request.state === 'decided' || request.state === 'told') &&
  lastOf(request, 'decided')?.decision?.outcome !== 'refused';

/** The content with the values that the person gave. Everything else stays. */
function correctContent(content: ComplaintContent, correction: Correction): ComplaintContent {
  return { ...content, complainant: { ...content.complainant, ...correction } };
}

/** The own complaints as they are to be, without those in which nothing changes. Runs in the transaction that tells the log. */
export async function listToCorrect(
  { pool }: Pick<Store, 'pool'>,
  { facts }: Pick<SubjectRequest, 'facts'>,
  holdings: readonly Holding[],
): Promise<CorrectedComplaint[]> {
  const { correction } = facts;
  if (!correction) return [];
  const ids = holdings
    .filter(({ source, theirs }) => theirs && source === 'complaint')
    .map(({ rowId }) => rowId);
  const { rows } = await pool.query<{ id: string; receiptNumber: string; content: ComplaintContent }>(
    `select c.id, c.receipt_number as "receiptNumber", c.content from complaints c where c.id = any($1::uuid[]) and c.destroyed_at is null order by c.id`,
    [ids],
  );
  return rows.flatMap(({ id, receiptNumber, content }) => {
    const corrected = correctContent(content, correction);
    const text = JSON.stringify(corrected);
    if (text === JSON.stringify(content)) return [];
    const version = createHash('sha256').update(text).digest('hex').slice(0, 32);
    return [{ id, receiptNumber, content: corrected, version }];
  });
}

/** Keeps which event says it. False: the request is in a state in which nothing is corrected. */
export const noteCorrected = (
  { db }: Pick<Store, 'db'>,
  request: Pick<SubjectRequest, 'id' | 'number'>,
  { corrected, by }: { corrected: readonly { id: string; receiptNumber: string; seq: number }[]; by: string },
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const note = corrected.map(({ receiptNumber }) => receiptNumber).join(', ');
    if (!(await takeStep(trx, request, 'corrected', { by, note }))) return false;
    for (const { id, seq } of corrected)
      await trx
        .insertInto('subject_corrections')
        .values({ request_id: request.id, complaint_id: id, seq, made_by: by })
        .onConflict((conflict) =>
          conflict
            .columns(['request_id', 'complaint_id'])
            .doUpdateSet({ seq, made_by: by, made_at: new Date() }),
        )
        .execute();
    return true;
  });

/**
 * How far a board has it.
 * - `own`: the agency works on the hub's own screens, and sees it there
 * - `brought`: the board or the agency's program was told; which members of it the board takes, its configuration says
 * - `waits`: it is on its way
 * - `parked`: the board refused it, and a person decides
 * - `by_hand`: the hub cannot change this post: a person does it there
 * - `checked`: a person saw to it there
 */
const boardStates = ['own', 'brought', 'waits', 'parked', 'by_hand', 'checked'] as const;
type BoardState = (typeof boardStates)[number];

export interface CorrectedBoard {
  complaintId: string;
  receiptNumber: string;
  madeAt: Date;
  agency: string;
  externalId: string | null;
  state: BoardState;
  doneBy: string | null;
}

/** Each board that holds a corrected complaint. What left the hub stands in the log of provisions, by event and agency. */
export async function listBoards(
  { pool }: Pick<Store, 'pool'>,
  { id }: Pick<SubjectRequest, 'id'>,
): Promise<CorrectedBoard[]> {
  const { rows } = await pool.query<CorrectedBoard>(
    `select s.complaint_id as "complaintId", c.receipt_number as "receiptNumber", s.made_at as "madeAt", l.agency, l.external_id as "externalId",
       h.done_by as "doneBy", case when h.done_by is not null then 'checked' when l.state = 'screen' then 'own'
         when exists (select from provisions p where p.complaint_id = s.complaint_id and p.agency = l.agency and p.seq >= s.seq and p.way in ('board', 'agent', 'feed')) then 'brought'
         when l.state = 'parked' then 'parked' when l.held < s.seq then 'waits' else 'by_hand' end as state
     from subject_corrections s join complaints c on c.id = s.complaint_id join links l on l.complaint_id = s.complaint_id and l.contribution is null
       left join subject_hand_work h on h.request_id = s.request_id and h.complaint_id = s.complaint_id and h.agency = l.agency
     where s.request_id = $1 order by c.id, l.agency`,
    [id],
  );
  return rows;
}

const toBeChecked: ReadonlySet<BoardState> = new Set(['brought', 'by_hand']);

/** A person saw to it on that board. False: nothing is to be seen to there. */
export async function noteHandWork(
  store: Pick<Store, 'db' | 'pool'>,
  request: Pick<SubjectRequest, 'id' | 'number'>,
  { complaintId, agency, by }: { complaintId: string; agency: string; by: string },
): Promise<boolean> {
  const boards = await listBoards(store, request);
  if (
    !boards.some(
      (one) => one.complaintId === complaintId && one.agency === agency && toBeChecked.has(one.state),
    )
  )
    return false;
  return store.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('subject_hand_work')
      .values({ request_id: request.id, complaint_id: complaintId, agency, done_by: by })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await writeAudit(trx, {
      ...{ actor: by, way: 'console', action: 'request.done_by_hand' },
      ...{ subject: `request ${request.number}`, agency },
    });
    return true;
  });
}
