import { v7 as uuid } from 'uuid';
import { createUser, type NewUser } from '../../../hub/access/people/users.ts';
import { toEndingTerm, toTerms } from '../../../hub/complaints/reading/search-terms.ts';
import { toReceiptNumber } from '../../../hub/complaints/receipt-number.ts';
import type { Store } from '../../../hub/store/database.ts';
import type { ComplaintContent, Status } from '../../../schemas/index.ts';
import { said } from '../../../schemas/reason.ts';

export const samplePassword = 'a long enough password';

const people: Omit<NewUser, 'password'>[] = [
  { login: 'admin', name: '관리자', role: 'administrator' },
  { login: 'counsellor', name: '상담원', role: 'counsellor' },
  { login: 'road', name: '박도로', role: 'officer', agency: 'road' },
  { login: 'tax', name: '이세무', role: 'officer', agency: 'tax' },
  { login: 'auditor', name: '감사자', role: 'auditor' },
];

/** One user of each role; the login says which. */
export async function insertUsers(store: Store): Promise<void> {
  for (const person of people) await createUser(store, { ...person, password: samplePassword });
}

export interface SampleComplaint {
  title?: string;
  body?: string;
  name?: string;
  phone?: string;
  email?: string;
  origin?: string;
  /** The number that the origin's own board gave. */
  originNumber?: string;
  assignee?: string;
  status?: Status;
  /** Hours from now. */
  due?: number;
  /** Hours before now. */
  registered?: number;
}

let sequence = 0;
const hour = 3_600_000;

/** A complaint as the exchange would have written it, with two events and a link per agency. */
export async function insertComplaint(store: Store, sample: SampleComplaint = {}) {
  sequence += 1;
  const { origin = 'road', assignee = 'road', status = 'assigned', registered = sequence, due } = sample;
  const id = uuid();
  const receiptNumber = toReceiptNumber(sequence, 2026);
  const at = new Date(Date.now() - registered * hour);
  const content: ComplaintContent = {
    title: sample.title ?? '불법 주차 단속 요청',
    body: sample.body ?? '학교 앞 도로에 불법 주차가 계속됩니다.\n단속을 요청합니다.',
    kind: 'query',
    category: '교통',
    region: '부산',
    complainant: {
      name: sample.name ?? '홍길동',
      phone: sample.phone ?? '+821012345678',
      email: sample.email ?? 'hong@example.kr',
      notifyBy: 'sms',
    },
    filedAt: at.toISOString(),
  };
  const routing = { rule: '1', text: '분야가 교통인 민원' };
  await store.db
    .insertInto('complaints')
    .values({
      id,
      origin,
      origin_number: sample.originNumber ?? null,
      assignee,
      status,
      kind: content.kind,
      last_seq: 2,
      remind_at: null,
      content: JSON.stringify(content) as never,
      routing: JSON.stringify(routing) as never,
      receipt_number: receiptNumber,
      registered_at: at,
      taken_in_at: at,
      clock: null,
      officer: null,
      officer_user: null,
      updated_at: at,
      due_at: due === undefined ? null : new Date(Date.now() + due * hour),
    })
    .execute();
  const words = [content.title, content.body, content.complainant.name, receiptNumber].join('\n');
  await store.pool.query('insert into complaint_terms values ($1, array_to_tsvector($2::text[]))', [
    id,
    [...toTerms(words), toEndingTerm(content.complainant.phone ?? '') ?? []].flat(),
  ]);
  await insertEvent(store, id, 1, 'registered', { content }, at, origin);
  await insertEvent(store, id, 2, 'assigned', { to: assignee, reason: routing }, at, 'hub');
  const links: Record<string, string> = {};
  for (const agency of new Set([origin, assignee])) {
    if (agency === 'hub') continue;
    const number = agency === origin ? sample.originNumber : undefined;
    links[agency] = await insertLink(store, id, {
      agency,
      role: agency === assignee ? 'assignee' : 'origin',
      number,
    });
  }
  return { id, receiptNumber, links };
}

export async function insertEvent(
  store: Store,
  complaintId: string,
  seq: number,
  type: string,
  data: object,
  at = new Date(),
  agency = 'road',
): Promise<void> {
  await store.pool.query('insert into events values ($1, $2, $3, $4, $5, null, $6)', [
    complaintId,
    seq,
    type,
    at,
    JSON.stringify({ agency, via: agency === 'hub' ? 'hub' : 'board' }),
    JSON.stringify(data),
  ]);
}

async function insertLink(
  store: Store,
  complaintId: string,
  {
    agency,
    role,
    number = `post-${sequence}`,
  }: { agency: string; role: string; number?: string | undefined },
): Promise<string> {
  const id = uuid();
  const state = agency === 'park' ? 'screen' : 'open';
  await store.pool.query(
    `insert into links (id, complaint_id, agency, role, state, external_id, held, due) values ($1,$2,$3,$4,$5,$6,2,2)`,
    [id, complaintId, agency, role, state, state === 'open' ? number : null],
  );
  return id;
}

/** A raw item that waits for a person. */
export async function insertParkedItem(store: Store, agency = 'tax'): Promise<string> {
  const id = uuid();
  await store.pool.query(
    `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome, problems, owner)
     values ($1, $2, 'poll', $3, '1', $4, $5, now(), 'parked', $6, '이세무')`,
    [
      id,
      agency,
      `A-${id.slice(-6)}`,
      JSON.stringify({ subject: '환급 <b>문의</b>', state: '99', writer: { name: '김철' } }),
      JSON.stringify({ agency, via: 'board' }),
      JSON.stringify([{ pointer: '/status', reason: said('the code 99 has no mapping') }]),
    ],
  );
  return id;
}

/** A notice to the complainant; with `html`, its message is kept in the outbox. */
export async function insertNotice(
  store: Store,
  complaintId: string,
  state: string,
  html?: string,
): Promise<string> {
  const id = uuid();
  const channel = html === undefined ? 'sms' : 'email';
  const address = html === undefined ? '+821012345678' : 'hong@example.kr';
  await store.pool.query(
    `insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, state, last_error, provider, tries)
     values ($1, $2, 1, 'registered', 'complainant', 'road', '홍길동', $3, $4, 'ko', $5, $6, $7, 3)`,
    [
      id,
      complaintId,
      channel,
      address,
      state,
      state === 'failed' ? JSON.stringify(said('provider refused the number')) : null,
      html === undefined ? null : 'outbox',
    ],
  );
  if (html !== undefined)
    await store.pool.query(
      `insert into outbox (notice_id, address, subject, text, html) values ($1, $2, '민원이 접수되었습니다', '홍길동님, 민원이 접수되었습니다.', $3)`,
      [id, address, html],
    );
  return id;
}
