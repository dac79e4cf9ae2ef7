import type pg from 'pg';
import type { Store } from '../../hub/store/database.ts';

/** A rare word, and the number of complaints that contain it. They are among the oldest. */
export const rareWord = { text: '희귀', complaints: 5 };
/** A word in every third complaint. */
export const frequentWord = '도로';
/** An agency that receives and answers every tenth complaint. Small agencies share the others. */
export const largeAgency = 'large';
const smallAgencies = 500;

/**
 * Fills an empty database with complaints by SQL alone. Most of them are closed, and the newest are
 * open: a hundredth, or `open`. Each
 * has words, two events, a link at the origin and one at the assignee, a call to a board and a notice.
 *
 * Some combinations never occur, although each part is frequent. The large agency leaves nothing answered, and no
 * notice by text message failed.
 */
export async function fillBoard(
  { pool }: Pick<Store, 'pool'>,
  complaints: number,
  open = Math.ceil(complaints / 100),
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set synchronous_commit = off');
    // A million rows are stored in a third of the time without foreign keys, triggers and indexes. Few rows are not.
    const isMuch = complaints >= 300_000;
    if (isMuch)
      await client.query("set session_replication_role = replica; set maintenance_work_mem = '512MB'");
    const indexes = isMuch ? await dropIndexes(client, filled) : [];
    for (const statement of statements)
      await client.query(
        statement.replaceAll('$complaints', String(complaints)).replaceAll('$open', String(open)),
      );
    for (const index of indexes) await client.query(index);
    await client.query('reset all');
  } finally {
    client.release();
  }
  await pool.query('vacuum analyze');
}

const filled = ['complaints', 'complaint_terms', 'events', 'links', 'attempts', 'notices', 'raw_items'];

/**
 * Drops the indexes of these tables that no constraint has. Resolves with the statements that make them again, for each part of a
 * table too.
 */
export async function dropIndexes(client: pg.ClientBase, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as made from pg_index i
     where i.indrelid = any($1::text[]::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ made }) => made);
}

/** The UUIDv7 of thing number n of a kind. Later ones sort higher. */
const idOf = (kind: number, n = 'n') =>
  `(lpad(to_hex(1700000000000 + ${n} * 1000), 12, '0') || '7${kind}008000' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const at = `(now() - ($complaints - n) * interval '1 minute')`;
const isOpen = `n > $complaints - $open`;
const agencyOf = (n: string) =>
  `case when ${n} % 10 = 0 then '${largeAgency}' else 'a' || ${n} % ${smallAgencies} end`;
const all = 'generate_series(1, $complaints) n';

const statements = [
  `insert into complaints (id, receipt_number, origin, assignee, status, kind, content, routing, registered_at, due_at,
     last_seq, updated_at)
   select ${idOf(1)}, 'R' || n, ${agencyOf('(n + 1)')}, ${agencyOf('n')},
     case when ${isOpen} then 'in_progress' when n % 10 between 4 and 5 then 'answered' else 'closed' end,
     case when n % 10 between 2 and 3 then 'grievance' else 'query' end,
     jsonb_build_object('title', 'title ' || n, 'body', repeat('내용 ', 100), 'complainant', jsonb_build_object('name', '홍길동')),
     '{}', ${at}, ${at} + interval '7 days', 2, ${at} from ${all}`,
  // Statistics as among a million complaints. PostgreSQL keeps the frequency of only a thousand words, all of them
  // frequent.
  `insert into complaint_terms select ${idOf(1)}, array_to_tsvector(
     array(select distinct 'w' || (n % 1301 * 7919 + k * 104729) % 1301 from generate_series(1, 40) k)
     || case when n % 3 = 0 then array['${frequentWord}', '로'] else '{}' end
     || case when n <= ${rareWord.complaints} then array['${rareWord.text}', '귀'] else '{}' end) from ${all}`,
  `insert into events (complaint_id, seq, type, at, actor, data)
   select ${idOf(1)}, seq, 'registered', ${at}, '{}', jsonb_build_object('text', repeat('내용 ', 100))
   from ${all}, generate_series(1, 2) seq`,
  `insert into links (id, complaint_id, agency, role, state, external_id, held, due, next_at)
   select ${idOf(2)}, ${idOf(1)}, ${agencyOf('n')}, 'assignee', 'open', 'x' || n, 2, 2, ${at} from ${all}
   union all select ${idOf(3)}, ${idOf(1)}, ${agencyOf('(n + 1)')}, 'origin', 'open', 'y' || n, 2, 2, ${at} from ${all}
   on conflict do nothing`,
  `insert into attempts (id, link_id, seq, started_at, finished_at, outcome)
   select ${idOf(4)}, ${idOf(2)}, 1, ${at}, ${at}, 'done' from ${all}`,
  `insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, language, state, created_at,
     report, sent_at)
   select ${idOf(5)}, ${idOf(1)}, 1, 'registered', 'complainant', ${agencyOf('n')}, 'r', case when n % 10 = 1 then 'sms' else 'email' end, 'ko', case when n % 10 = 2 then 'failed' else 'sent' end, ${at},
     case when n % 10 = 1 then case when n % 1000 = 1 then 'unconfirmed' else 'delivered' end end, ${at} from ${all}`,
  `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome)
   select ${idOf(6)}, ${agencyOf('n')}, 'poll', 'x' || n, '1', repeat('x', 200), '{}', ${at}, 'applied' from ${all}`,
  // Some links are behind, as the lists of boards show.
  `update links set due = 3 where id in (select ${idOf(2)} from ${all} where n > $complaints - 100)`,
];
