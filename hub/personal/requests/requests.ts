import { sql } from 'kysely';
import { maskValue } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Calendar } from '../../clock/calendar.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import { Keyed, sealedJsonText } from '../../store/sealing/keyed.ts';
import type { MarkUse } from '../../store/sealing/keys.ts';
import { clearMembers } from '../../store/sealing/sealed-columns.ts';
import { toAnswerDue } from './due.ts';
import type { RequestFacts, RequestKind, RequestRecord, RequestWay, SubjectRequest } from './request.ts';

/** A request as it is taken in. */
export interface NewRequest {
  kind: RequestKind;
  way: RequestWay;
  /** When it came: the clock runs from that day. */
  receivedAt: Date;
  facts: RequestFacts;
  /** The agency that passes it on, with its own number of it. Absent: the hub's own people took it. */
  from?: { agency: string; externalId: string };
  /** A login, or the name of a key. */
  by: string;
}

/** What is typed or looked up, and names no number of a person: such a number is masked elsewhere. */
const kept = new Set(['phone', 'email', 'name', 'contact', 'company']);

/** A request without numbers that only a law may have kept (개인정보 보호법, article 24-2). */
const maskFacts = (facts: RequestFacts): RequestFacts => maskValue(facts, { kept });

const marked = (use: MarkUse, text: string | undefined) =>
  sql<string | null>`${new Keyed((keys) => (text === undefined ? null : keys.mark(use, text)))}`;

/** Takes a request in. What an agency passes on twice is one: `isRepeated`. Runs in the transaction that tells the log. */
export async function receiveRequest(
  { db }: Pick<Store, 'db'>,
  { kind, way, receivedAt, facts: given, from, by }: NewRequest,
  calendar: Pick<Calendar, 'isWorkingDay'>,
): Promise<{ id: string; number: string; isRepeated: boolean }> {
  const facts = maskFacts(given);
  const entry: RequestRecord = { act: 'received', at: new Date().toISOString(), by };
  return db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('subject_requests')
      .values({
        ...{ id: newId(), kind, way, state: 'received', made_by: by },
        ...{ agency: from?.agency ?? null, external_id: from?.externalId ?? null },
        ...{ received_at: receivedAt, due_at: toAnswerDue(receivedAt, calendar) },
        facts: sealedJsonText(facts),
        record: sealedJsonText([entry], clearMembers.requestRecord),
        phone_mark: marked('phone', facts.phone),
        email_mark: marked('email', facts.email?.toLowerCase()),
        name_mark: marked('recipient', facts.name),
      })
      .onConflict((conflict) =>
        conflict.columns(['agency', 'external_id']).where('external_id', 'is not', null).doNothing(),
      )
      .returning(['id', 'number'])
      .executeTakeFirst();
    if (!made) return { ...(await findRepeated(trx, from)), isRepeated: true };
    await writeAudit(trx, {
      ...{ actor: by, way: from ? 'api' : 'console', action: 'request.received' },
      ...{ subject: `request ${made.number}`, agency: from?.agency, detail: { kind, way } },
    });
    return { ...made, isRepeated: false };
  });
}

const findRepeated = (db: Pick<Store['db'], 'selectFrom'>, from: NewRequest['from']) =>
  db
    .selectFrom('subject_requests')
    .select(['id', 'number'])
    .where('agency', '=', from?.agency ?? '')
    .where('external_id', '=', from?.externalId ?? '')
    .executeTakeFirstOrThrow();

const columns = [
  ...(['id', 'number', 'kind', 'state', 'way', 'agency', 'external_id as externalId'] as const),
  ...(['received_at as receivedAt', 'due_at as dueAt', 'postponed_until as postponedUntil'] as const),
  ...(['facts', 'made_by as madeBy', 'made_at as madeAt', 'decision'] as const),
  ...(['decided_at as decidedAt', 'told_at as toldAt', 'record'] as const),
] as const;

const isNumber = /^[1-9]\d{0,17}$/;

/** By the number that people quote. */
export async function findRequest(
  { db }: Pick<Store, 'db'>,
  number: string,
): Promise<SubjectRequest | undefined> {
  if (!isNumber.test(number)) return undefined;
  const found = await db
    .selectFrom('subject_requests')
    .select(columns)
    .where('number', '=', number)
    .executeTakeFirst();
  return found as SubjectRequest | undefined;
}

export const requestLists = ['open', 'done', 'all'] as const;
export type RequestList = (typeof requestLists)[number];

const open = sql<boolean>`state in ('received', 'identified', 'decided')`;
/** Beyond every request. */
const lastNumber = '999999999999999999';

const toDueCursor = ({ dueAt, number }: SubjectRequest) => `due_${dueAt.getTime()}_${number}`;
const toNumberCursor = ({ number }: SubjectRequest) => `request_${number}`;

/** A page of requests: the open ones by what is due next, others the newest first. */
export const listRequests = (
  store: Pick<Store, 'db'>,
  of: { list: RequestList; agency?: string },
  place: Place,
): Promise<Page<SubjectRequest>> =>
  of.list === 'open' ? listOpen(store, of, place) : listNewest(store, of, place);

async function listOpen(
  { db }: Pick<Store, 'db'>,
  { agency }: { agency?: string },
  place: Place,
): Promise<Page<SubjectRequest>> {
  const backwards = place.before !== undefined;
  const [, at, number] = /^due_(\d{1,15})_(\d{1,18})$/.exec(place.before ?? place.after ?? '') ?? [];
  const beyond = at && number ? [new Date(Number(at)), number] : undefined;
  const rows = await db
    .selectFrom('subject_requests')
    .select(columns)
    .where(open)
    .$if(agency !== undefined, (query) => query.where('agency', '=', agency ?? ''))
    .$if(beyond !== undefined, (query) =>
      query.where(
        sql<boolean>`(due_at, number) ${sql.raw(backwards ? '<' : '>')} (${beyond?.[0]}, ${beyond?.[1]}::bigint)`,
      ),
    )
    .orderBy('due_at', backwards ? 'desc' : 'asc')
    .orderBy('number', backwards ? 'desc' : 'asc')
    .limit((place.size ?? pageSize) + 1)
    .execute();
  return toPage(rows as SubjectRequest[], place, toDueCursor);
}

async function listNewest(
  { db }: Pick<Store, 'db'>,
  { list, agency }: { list: RequestList; agency?: string },
  place: Place,
): Promise<Page<SubjectRequest>> {
  const backwards = place.before !== undefined;
  const [, number] = /^request_(\d{1,18})$/.exec(place.before ?? place.after ?? '') ?? [];
  const rows = await db
    .selectFrom('subject_requests')
    .select(columns)
    .$if(list === 'done', (query) => query.where(sql<boolean>`not ${open}`))
    .$if(agency !== undefined, (query) => query.where('agency', '=', agency ?? ''))
    .where('number', backwards ? '>' : '<', number ?? (backwards ? '0' : lastNumber))
    .orderBy('number', backwards ? 'asc' : 'desc')
    .limit((place.size ?? pageSize) + 1)
    .execute();
  return toPage(rows as SubjectRequest[], place, toNumberCursor);
}

export interface RequestCounts {
  open: number;
  late: number;
  soon: number;
}

/** How many wait for an answer: of these, those that are late, and those due within three days. Reads no person's data. */
export async function countRequests({ pool }: Pick<Store, 'pool'>): Promise<RequestCounts> {
  const { rows } = await pool.query<RequestCounts>(
    `select count(*)::int as open, (count(*) filter (where due_at < now()))::int as late,
       (count(*) filter (where due_at >= now() and due_at < now() + interval '3 days'))::int as soon
     from subject_requests where state in ('received', 'identified', 'decided')`,
  );
  return rows[0] ?? { open: 0, late: 0, soon: 0 };
}
