import type { Selectable } from 'kysely';
import type { Channel } from '../../schemas/index.ts';
import { type Store, toHotStatement } from '../store/database.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import { insist } from '../store/insist.ts';
import type { NoticeState } from '../store/tables/column-types.ts';
import type { Tables } from '../store/tables/tables.ts';
import type { NoticePlan } from './plan.ts';
import type { TemplateName } from './template-names.ts';

/** A notice that is to be sent, with what its templates need of the complaint. */
export type DueNotice = Selectable<Tables['notices']> & {
  template: TemplateName;
  address: string;
  receipt_number: string;
  kind: Selectable<Tables['complaints']>['kind'];
  title: string;
  registered_at: Date;
  due_at: Date | null;
  /** Of the event that the notice tells of; null where the templates need nothing of it. */
  data: Record<string, unknown> | null;
};

/** What is written after a call. */
export interface Outcome {
  id: string;
  state: NoticeState;
  attempting_since: Date | null;
  tries: number;
  next_at: Date;
  provider: string;
  provider_id: string | null;
  last_error: string | null;
  sent_at: Date | null;
  /** The message itself, where the local outbox keeps it. */
  kept?: Selectable<Tables['outbox']> | undefined;
  /** The same notice by another way. */
  fallback?: NoticePlan | undefined;
}

// The text of a complaint can be long and no notice shows it: events that carry it are left out.
const findDue = toHotStatement({
  name: 'find-due-notices',
  text: `
    select n.*, c.receipt_number, c.kind, c.content->>'title' as title, c.registered_at, c.due_at, e.data
    from notices n
    join complaints c on c.id = n.complaint_id
    left join events e on e.complaint_id = n.complaint_id and e.seq = n.seq and e.type not in ('registered', 'revised')
    where n.state = 'due' and n.channel = $1 and n.next_at <= $2 and n.id <> all ($3::uuid[])
    order by n.next_at, n.id
    limit $4`,
});

const grouping = { most: 200, gather: 15 };

const markStarted = toHotStatement({
  name: 'start-notices',
  text: `
    update notices n set attempting_since = s.started, provider = s.provider, tries = n.tries + 1
    from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as s (id, started, provider)
    where n.id = s.id and n.state = 'due'
    returning n.id`,
});

/** One statement, so that an outcome, its kept message and its fallback are durable together or not at all. */
const writeOutcomes = toHotStatement({
  name: 'write-notice-outcomes',
  text: `
    with written as (
      update notices n set
        state = o.state, attempting_since = o.attempting_since, tries = o.tries, next_at = o.next_at,
        provider = o.provider, provider_id = o.provider_id, last_error = o.last_error, sent_at = o.sent_at
      from json_populate_recordset(null::notices, $1) o
      where n.id = o.id and n.id = any ($4::uuid[]) and n.state = 'due'
      returning n.id
    ), kept as (
      insert into outbox (notice_id, address, subject, text, html, kept_at)
      select k.notice_id, k.address, k.subject, k.text, k.html, k.kept_at
      from json_populate_recordset(null::outbox, $2) k join written on written.id = k.notice_id
      on conflict do nothing
    )
    insert into notices
      (id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, fallbacks, state, next_at, last_error)
    select
      id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, fallbacks, state, next_at, last_error
    from json_populate_recordset(null::notices, $3)
    on conflict do nothing`,
});

/** The table of notices as the sender uses it; concurrent marks and outcomes share their durable commits. */
export function createNoticeTable(store: Pick<Store, 'hot'>) {
  const start = createGroupCommit<{ id: string; started: Date; provider: string }, boolean>(async (items) => {
    const values = [items.map((i) => i.id), items.map((i) => i.started), items.map((i) => i.provider)];
    const { rows } = await store.hot.query<{ id: string }>(markStarted(values));
    const marked = new Set(rows.map((row) => row.id));
    return items.map((item) => marked.has(item.id));
  }, grouping);
  const finish = createGroupCommit<Outcome, void>(async (outcomes) => {
    const documents = [
      outcomes,
      outcomes.flatMap((o) => o.kept ?? []),
      outcomes.flatMap((o) => o.fallback ?? []),
    ].map((rows) => JSON.stringify(rows));
    const values = [...documents, outcomes.map((o) => o.id)];
    await insist(() => store.hot.query(writeOutcomes(values)));
    return outcomes.map(() => undefined);
  }, grouping);
  return {
    /** Due at `now`, oldest first, without those that are under way. */
    async findDue(channel: Channel, now: Date, underWay: string[], most: number): Promise<DueNotice[]> {
      const values = [channel, now, underWay, most];
      return (await store.hot.query<DueNotice>(findDue(values))).rows;
    },
    /** Durable before the call. False when the notice is no longer due. */
    start,
    /** Durable after the call. */
    finish,
  };
}
export type NoticeTable = ReturnType<typeof createNoticeTable>;
