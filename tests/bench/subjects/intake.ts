import fastify from 'fastify';
import pg from 'pg';
import { Type } from 'typebox';
import { ComplaintContent } from '../../../schemas/index.ts';

const Complaint = Type.Object(
  { externalId: Type.String({ minLength: 1, maxLength: 200 }), content: ComplaintContent },
  { additionalProperties: false },
);
export interface Complaint {
  externalId: string;
  content: { title: string; body: string; complainant: { name: string } };
}

const insert = {
  name: 'insert-complaint',
  text: 'insert into complaints (external_id, content) values ($1, $2) returning id',
};

/** The common part of subjects a and b: Fastify, a schema checked by ajv, and one durable INSERT. */
export async function startIntake(
  databaseUrl: string,
  stored: (id: string, complaint: Complaint) => Promise<unknown> | undefined,
) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 16 });
  await pool.query(`create table complaints (
    id bigint generated always as identity primary key,
    external_id text not null unique,
    content jsonb not null,
    received_at timestamptz not null default now())`);
  const app = fastify();
  app.post<{ Body: Complaint }>(
    '/api/v1/complaints',
    { schema: { body: Complaint } },
    async (request, reply) => {
      const { externalId, content } = request.body;
      const { rows } = await pool.query({ ...insert, values: [externalId, JSON.stringify(content)] });
      await stored(rows[0].id, request.body);
      return reply.status(201).send({ id: rows[0].id });
    },
  );
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    async close(): Promise<void> {
      await app.close();
      await pool.end();
    },
  };
}
