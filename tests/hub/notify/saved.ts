import { type Logger, pino } from 'pino';
import type { DueNotice } from '../../../hub/notify/due-notices.ts';
import type { Provider } from '../../../hub/notify/message.ts';
import { planNotices } from '../../../hub/notify/plan.ts';
import { createOutbox } from '../../../hub/notify/providers/outbox.ts';
import { createNoticeSender } from '../../../hub/notify/send.ts';
import { inTransaction, type Store } from '../../../hub/store/database.ts';
import type { Exclusive } from '../../../hub/store/exclusive.ts';
import { insertNotices } from '../../../hub/store/states/notice-state.ts';
import { loadTemplates } from '../../../hub/templates/templates.ts';
import type { Channel, Complainant, Complaint, EventData } from '../../../schemas/index.ts';
import { complaintOf, directoryOf, eventOf } from './sample.ts';

const templates = loadTemplates('config/templates');
const silent = pino({ level: 'silent' });
let number = 0;

/** An answered complaint in the database, with the notice of its answer due. */
export async function saveAnswered(
  store: Store,
  complainant: Complainant,
  answer: Partial<EventData<'answered'>['answer']> = {},
): Promise<Complaint> {
  number += 1;
  const complaint = complaintOf({ complainant }, { receiptNumber: `2611-${process.pid}-${number}` });
  const event = eventOf(3, 'answered', { answer: { text: '보수를 마쳤습니다.', ...answer } });
  event.complaintId = complaint.id;
  const plans = planNotices({ complaint, events: [event], directory: directoryOf(), now: new Date() });
  await inTransaction(store.pool, async (client) => {
    const { content } = complaint;
    await client.query(
      `insert into complaints (id, receipt_number, origin, assignee, status, kind, content, routing, registered_at, due_at, last_seq, updated_at)
       values ($1, $2, 'hanam', 'hanam', 'answered', $3, $4, '{}', $5, $6, 3, $5)`,
      [complaint.id, complaint.receiptNumber, content.kind, content, complaint.registeredAt, complaint.dueAt],
    );
    await client.query(
      'insert into events (complaint_id, seq, type, at, actor, data) values ($1, $2, $3, $4, $5, $6)',
      [event.complaintId, event.seq, event.type, event.at, event.actor, event.data],
    );
    await insertNotices(client, plans);
  });
  return complaint;
}

/** Every notice in the order of planning. */
export async function listNotices(store: Store): Promise<DueNotice[]> {
  return (await store.pool.query('select * from notices order by id')).rows;
}

export function createSender(
  store: Store,
  exclusive: Exclusive,
  providers: Partial<Record<Channel, Provider>>,
  clock: () => Date = () => new Date(),
  log: Logger = silent,
  reportUrl: string | undefined = 'https://minwon.example.kr',
) {
  return createNoticeSender({
    store,
    exclusive,
    directory: directoryOf(),
    templates,
    providers: { email: createOutbox(), sms: createOutbox(), ...providers },
    publicUrl: 'https://minwon.example.kr',
    reports: { url: reportUrl, hours: 26 },
    log,
    clock,
  });
}
