import { toReceiptNumber } from '../../hub/complaints/receipt-number.ts';
import { sumUp } from '../../hub/insight/process/sum-up.ts';
import type { Store } from '../../hub/store/database.ts';
import { fillBoard, largeAgency } from './fill-board.ts';

/** The officer of the large agency who has two fifths of its open complaints, and the one of hers that pages open. */
export const deskOfficer = {
  login: 'officer',
  department: '민원과',
  receiptNumber: toReceiptNumber(1, 2026),
};
/** The newest number of a person who has one complaint, and a telephone number that many have in common. */
export const sharedPhone = '+82215770000';

/**
 * Fills an empty database as {@link fillBoard} does, and with what people of a desk do: officers and departments, stopped
 * clocks, figures of the process view, duties, letters, joined complaints, notes, answers that wait. What waits for people to tell
 * is of the newest complaints, as many at every size. `open`: so many are open; otherwise a hundredth.
 */
export async function fillDesk(store: Store, complaints: number, open?: number): Promise<void> {
  await fillBoard(store, complaints, open);
  const client = await store.pool.connect();
  try {
    // The figures are filled below: what triggers would mark is not to be measured again.
    await client.query(
      "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB'",
    );
    for (const statement of statements) await client.query(statement);
    // As migration 0071 does: the triggers were away.
    await client.query(`delete from open_work;
      insert into open_work select o.* from complaints c, open_work_of(c) o where ${isOwed}`);
    await client.query('reset all');
  } finally {
    client.release();
  }
  await store.pool.query('insert into process_stale select distinct agency, month from process_cases');
  while (await sumUp(store));
  await store.pool.query('vacuum analyze');
}

/** A number that is the same for a complaint at every size. */
const hash = 'abs(hashtext(receipt_number))';
const isOwed = "status in ('received', 'assigned', 'in_progress', 'supplement_requested')";
/** As many at every size. */
const isRecent = 'id in (select id from complaints order by id desc limit 2000)';
const isTold = 'abs(hashtext(complaint_id::text)) % 2 = 0';
const numbered = `select *, ${hash} as h from complaints`;

const statements = [
  // Who has what is open, where it stands, and until when: from twelve days ago to three weeks from now.
  `update complaints c set
     status = (array['received', 'assigned', 'in_progress', 'in_progress', 'in_progress', 'supplement_requested'])[1 + h % 6],
     officer_user = case when h / 6 % 5 in (0, 1) then 'officer' when h / 6 % 5 = 2 then 'away' end,
     officer = case when h / 6 % 5 in (0, 1, 2) then jsonb_build_object('name', '담당')
       when h / 6 % 5 = 3 then jsonb_build_object('department', '민원과') end,
     due_at = now() + (h / 30 % 33 - 12) * interval '1 day' + h % 7 * interval '1 hour',
     clock = case when h % 6 = 5 then jsonb_build_object('phase', 'stopped', 'unit', 'days', 'total', 7, 'stoppedSince', now(),
       'grounds', jsonb_build_array('supplement')) else '{"phase": "running", "unit": "days", "total": 7}' end,
     contributions = case when h % 50 = 3 then jsonb_build_array(jsonb_build_object('number', 1, 'kind', 'part', 'by', c.assignee,
       'to', 'a7', 'askedAt', now(), 'dueAt', now(), 'state', 'asked')) end,
     asked = case when h % 50 = 3 then array['a7'] end
   from (${numbered}) n where n.id = c.id and n.status = 'in_progress'`,
  `update complaints set receipt_number = '${deskOfficer.receiptNumber}' where id = (select id from complaints
     where assignee = '${largeAgency}' and officer_user = 'officer' and status = 'in_progress' order by id desc limit 1)`,
  // A kind that hardly any complaint is of.
  `update complaints set kind = 'statutory' where ${hash} % 1000 = 3`,
  // Where complaints carry what people find them by: of every person one, and a switchboard that many have.
  `update complaints set content = content || jsonb_build_object('complainant', content -> 'complainant' ||
     jsonb_build_object('phone', case when ${hash} % 20 = 0 then '${sharedPhone}' else '+8210' || lpad(substr(receipt_number, 2), 8, '0') end,
       'email', receipt_number || '@example.kr')) where ${hash} % 10 = 0`,
  // Texts that were filed before: a form letter among them.
  `update complaint_terms t set text_mark = case when n.h % 100 = 0 then 'letter' else 'm' || n.h % 1000000 end
   from (${numbered}) n where n.id = t.complaint_id and n.h % 10 = 0`,
  // Figures as complaints of every state have them. What few have is a hundredth, or a thousandth.
  `insert into process_cases (complaint_id, agency, kind, month, state, taken_in_at, ended_at, legal, real, to_assigned, to_begun, to_answered,
     stops, extensions, transfers, reopened, hand_by, transfer_by, late_transfer_at)
   select id, assignee, kind, to_char(registered_at at time zone 'Asia/Seoul', 'YYYY-MM'),
     case when ${isOwed} then case when due_at < now() then 'overdue' else 'open' end
       when h % 500 = 1 then 'dropped' when h % 1000 = 2 then 'untimed' when h % 12 = 0 then 'late' else 'in_time' end,
     registered_at, case when not ${isOwed} then registered_at + interval '5 days' end, 224,
     case when not ${isOwed} then 32 * (1 + h % 9) end, h % 9, h % 40, h % 160,
     (h % 10 = 0)::int, (h % 25 = 0)::int, (h % 30 = 0)::int, h % 1000 = 7,
     case when officer is null and ${isOwed} then due_at end, case when officer is null and ${isOwed} then due_at end,
     case when h % 1000 = 9 then registered_at end
   from (${numbered}) c`,
  `insert into owed_duties (complaint_id, kind, day, agency, since)
   select id, 'progress', '2026-01-02', assignee, registered_at from (${numbered}) c where h % 20 = 11 and ${isRecent}`,
  `insert into duties_told (complaint_id, kind, day, by_hand)
   select complaint_id, kind, day, '{}' from owed_duties where abs(hashtext(complaint_id::text)) % 2 = 0`,
  `insert into reminder_letters (complaint_id, agency, rule, due_at, made_by)
   select id, assignee, 'overdue', due_at, 'officer' from (${numbered}) c where h % 20 = 0`,
  `insert into joins (lead_id, complaint_id, joined_seq, parted_seq, told, due)
   select id, ('0' || substr(id::text, 2))::uuid, 2, case when h % 2 = 0 then 3 end, 2, 2 from (${numbered}) c where h % 50 = 13`,
  `insert into notes (id, complaint_id, agency, author, body)
   select id, id, assignee, 'officer', repeat('메모 ', 20) from (${numbered}) c where h % 10 = 4`,
  `insert into answer_reviews (complaint_id, agency, form, fields, files, author, seq, state, decided_at)
   select id, assignee, 'answer', '{"text": "답변"}', '[]', case when h % 2 = 0 then 'officer' else 'away' end, 2,
     case when ${isOwed} then 'waiting' else 'released' end, registered_at from (${numbered}) c where h % 20 = 5`,
  // Of what did not arrive long ago, a person told one half, and a mail of the same the other.
  `update notices set by_hand = case when ${isTold} then null else '{}'::jsonb end, told_otherwise = ${isTold}, channel = 'sms'
   where state = 'failed' and not complaint_${isRecent}`,
  `insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, language, state, created_at, sent_at)
   select md5(id::text)::uuid, complaint_id, seq, template, audience, agency, recipient, 'email', language, 'sent', created_at, created_at
   from notices where told_otherwise`,
  `update notices set provider = 'outbox' where state = 'sent' and abs(hashtext(id::text)) % 10 = 0 and complaint_${isRecent}`,
  `insert into outbox (notice_id, address, text) select id, 'a@example.kr', 'text' from notices where provider = 'outbox'`,
  `update raw_items set outcome = 'parked', problems = '[]' where abs(hashtext(id::text)) % 2000 = 0`,
];
