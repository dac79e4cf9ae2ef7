import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import pg from 'pg';
import { addPages } from './pages.ts';
import type { Question, Questions } from './questions.ts';

/** A board that has only GNUBoard's tables for 1:1 questions, with a page for people. It knows nothing of a hub. */
export interface Gnuboard extends Questions {
  pageUrl: string;
  close(): Promise<void>;
}

export interface GnuboardOptions {
  /** Its own database, with its own user. */
  databaseUrl: string;
  port?: number;
  agencyName: string;
}

const tables = readFileSync(new URL('tables.postgres.sql', import.meta.url), 'utf8');
const now = `(now() at time zone 'Asia/Seoul')::timestamp(0)`;

export async function startGnuboard({
  databaseUrl,
  port = 0,
  agencyName,
}: GnuboardOptions): Promise<Gnuboard> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // pool.end() does not wait for the connections. If the server stops right after it, they emit errors.
  pool.on('error', () => undefined);
  await pool.query(tables);
  const server = fastify({ forceCloseConnections: true });

  const board: Questions = {
    async questions() {
      const { rows } = await pool.query<Question>(
        `select q.qa_id as id, q.qa_subject as subject, q.qa_content as content, q.qa_name as name, q.qa_email as email,
           q.qa_hp as phone, q.qa_status as status,
           coalesce((select jsonb_agg(jsonb_build_object('id', a.qa_id, 'content', a.qa_content, 'name', a.qa_name) order by a.qa_id)
             from g5_qa_content a where a.qa_related = q.qa_id and a.qa_type = 1), '[]') as answers
         from g5_qa_content q where q.qa_type = 0 and q.qa_related = q.qa_id order by q.qa_id`,
      );
      return rows;
    },
    async file({ subject, content, category, name, email = '', phone = '', notifyBy }) {
      const { rows } = await pool.query<{ id: number }>(
        `insert into g5_qa_content (qa_num, qa_subject, qa_content, qa_category, qa_name, qa_email, qa_hp, qa_email_recv, qa_sms_recv, qa_ip, qa_datetime,
           qa_id, qa_parent, qa_related)
         select (select coalesce(min(qa_num), 0) - 1 from g5_qa_content), $1, $2, $3, $4, $5, $6, $7, $8, '127.0.0.1', ${now}, id, id, id
         from nextval('g5_qa_content_qa_id_seq') as id returning qa_id as id`,
        [
          subject,
          content,
          category,
          name,
          email,
          phone,
          notifyBy === 'email' ? 1 : 0,
          notifyBy === 'sms' ? 1 : 0,
        ],
      );
      return rows[0]?.id ?? 0;
    },
    async answer(id, text) {
      await pool.query(
        `with answered as (update g5_qa_content set qa_status = 1 where qa_id = $1 returning qa_num, qa_subject, qa_category)
         insert into g5_qa_content (qa_num, qa_parent, qa_related, qa_type, qa_status, qa_subject, qa_category, qa_name, qa_content, qa_ip, qa_datetime)
         select qa_num, $1, $1, 1, 1, qa_subject, qa_category, '최담당', $2, '127.0.0.1', ${now} from answered`,
        [id, text],
      );
    },
  };
  addPages(server, board, agencyName);
  await server.listen({ port, host: '127.0.0.1' });
  return {
    ...board,
    pageUrl: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/`,
    async close() {
      await server.close();
      await pool.end();
    },
  };
}
