import type {
  ComplaintContent,
  ComplaintEvent,
  EventType,
  LinkRole,
  Reason,
  Status,
} from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import type { LinkState, NoticeState } from '../../store/tables/column-types.ts';
import { type TestEntry, testColumns } from './test-register.ts';

/** The most tests on one page. Nobody makes so many, and all are removed together. */
const mostTests = 200;

/** A test complaint as its list shows it. */
export interface TestRow extends TestEntry {
  title: string | null;
  status: Status | null;
  /** Its way to the board. Null: it is not on the way yet. */
  link: {
    state: LinkState;
    held: number;
    due: number;
    externalId: string | null;
    lastError: Reason | null;
  } | null;
  /** The newest event that the board itself told. */
  heard: EventType | null;
  /** Files of either side, with where each stands on its way to the other. */
  files: TestedFile[];
}

interface TestedFile {
  name: string;
  seq: number;
  /** `wanted`: the hub fetches it from the board. Else as in `attachments` and `attachment_deliveries`. */
  state: string;
  lastError: Reason | null;
}

export interface LeftPost {
  id: string;
  mark: string;
  receiptNumber: string | null;
  /** Null: nobody knows its number. It can be found by the mark in its title. */
  post: string | null;
  removedAt: Date;
}

const listText = (where: string) => `
select t.*, c.content ->> 'title' as title, c.status,
  case when l.id is not null then jsonb_build_object('state', l.state, 'held', l.held, 'due', l.due, 'externalId', l.external_id, 'lastError', l.last_error) end as link,
  (select e.type from trial.events e where e.complaint_id = c.id and e.link_id = l.id order by e.seq desc limit 1) as heard,
  (select coalesce(jsonb_agg(jsonb_build_object('name', a.declared ->> 'name', 'seq', a.seq, 'state', coalesce(d.state, a.state),
      'lastError', coalesce(d.last_error, a.last_error)) order by a.seq, a.position), '[]')
    from trial.attachments a left join trial.attachment_deliveries d on d.attachment_id = a.id and d.agency = t.agency
    where a.complaint_id = c.id) as files
from (select ${testColumns} from test_complaints where ${where}) t
  left join trial.complaints c on c.id = t."complaintId"
  left join trial.links l on l.complaint_id = c.id and l.agency = t.agency
order by t.id desc limit ${mostTests}`;

/** Test complaints of an agency that were not removed, newest first. */
export async function listTests({ pool }: Pick<Store, 'pool'>, agency: string): Promise<TestRow[]> {
  const { rows } = await pool.query<TestRow>(listText('agency = $1 and removed_at is null'), [agency]);
  return rows;
}

/** Posts of removed tests that may still stand on the board. */
export async function listLeftPosts({ pool }: Pick<Store, 'pool'>, agency: string): Promise<LeftPost[]> {
  const { rows } = await pool.query<LeftPost>(
    `select id, mark, receipt_number as "receiptNumber", left_post as post, removed_at as "removedAt" from test_complaints
     where agency = $1 and removed_at is not null and cleared_at is null and complaint_id is not null order by id desc limit ${mostTests}`,
    [agency],
  );
  return rows;
}

/** The agency to which a receipt number of a test belongs, for a person who looks for it by the number alone. */
export async function findTestAgency(
  { pool }: Pick<Store, 'pool'>,
  receiptNumber: string,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ agency: string }>(
    'select agency from test_complaints where receipt_number = $1 and removed_at is null',
    [receiptNumber],
  );
  return rows[0]?.agency;
}

/** One test complaint with all that became of it. */
export interface TestFile extends TestRow {
  content: ComplaintContent;
  lastSeq: number;
  events: (Pick<ComplaintEvent, 'seq' | 'type' | 'at' | 'actor'> & { data: Record<string, unknown> })[];
  links: {
    agency: string;
    role: LinkRole;
    state: LinkState;
    held: number;
    due: number;
    externalId: string | null;
    lastError: Reason | null;
  }[];
  notices: {
    template: string;
    audience: string;
    address: string | null;
    state: NoticeState;
    sentAt: Date | null;
    lastError: Reason | null;
    kept: string | null;
  }[];
  attempts: { seq: number; startedAt: Date; outcome: string | null; reason: Reason | null }[];
}

export async function findTest(
  { pool }: Pick<Store, 'pool'>,
  agency: string,
  receiptNumber: string,
): Promise<TestFile | undefined> {
  const where = 'agency = $1 and receipt_number = $2 and removed_at is null';
  const { rows } = await pool.query<TestRow>(listText(where), [agency, receiptNumber]);
  const row = rows[0];
  if (!row?.complaintId) return undefined;
  const { rows: parts } = await pool.query<Omit<TestFile, keyof TestRow>>(
    `select c.content, c.last_seq as "lastSeq",
       (select coalesce(jsonb_agg(jsonb_build_object('seq', seq, 'type', type, 'at', at, 'actor', actor, 'data', data) order by seq), '[]')
         from trial.events where complaint_id = c.id) as events,
       (select coalesce(jsonb_agg(jsonb_build_object('agency', agency, 'role', role, 'state', state, 'held', held, 'due', due,
           'externalId', external_id, 'lastError', last_error) order by role), '[]') from trial.links where complaint_id = c.id) as links,
       (select coalesce(jsonb_agg(jsonb_build_object('template', n.template, 'audience', n.audience, 'address', n.address, 'state', n.state,
           'sentAt', n.sent_at, 'lastError', n.last_error, 'kept', o.text) order by n.seq, n.id), '[]')
         from trial.notices n left join trial.outbox o on o.notice_id = n.id where n.complaint_id = c.id) as notices,
       (select coalesce(jsonb_agg(jsonb_build_object('seq', a.seq, 'startedAt', a.started_at, 'outcome', a.outcome, 'reason', a.reason) order by a.started_at), '[]')
         from trial.attempts a join trial.links l on l.id = a.link_id where l.complaint_id = c.id) as attempts
     from trial.complaints c where c.id = $1`,
    [row.complaintId],
  );
  return parts[0] && { ...row, ...parts[0] };
}
