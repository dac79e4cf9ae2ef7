import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import { answerBench, readGiven } from '../child-protocol.ts';
import type { Given, SubjectReady } from './given.ts';
import { type Complaint, startIntake } from './intake.ts';
import { readUsage } from './usage.ts';

/**
 * Subject b: a relay as a good engineer writes it in an hour. It is fast while nothing fails. It keeps no order and no
 * record of what it sent. A retry after a lost reply posts twice.
 */
const { databaseUrl, redisUrl, boardUrl, smtpUrl } = readGiven<Given>();
const queueName = 'relay';
const concurrency = 16;
const jobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: true,
  removeOnFail: 1000,
};

// The usual tools with their defaults: fetch, and nodemailer's pool.
const mailer = createTransport({ url: smtpUrl, pool: true } as Parameters<typeof createTransport>[0]);

async function relay({ data: { externalId, content } }: { data: Complaint }): Promise<void> {
  const reply = await fetch(new URL('/posts', boardUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ref: externalId,
      title: content.title,
      body: content.body,
      name: content.complainant.name,
    }),
  });
  const { id } = (await reply.json()) as { id?: string };
  if (reply.status !== 201 || !id) throw new Error(`the board answered ${reply.status}`);
  await mailer.sendMail({
    from: 'relay <no-reply@relay.example>',
    to: 'officer@dst.example',
    subject: `[민원 접수] ${content.title}`,
    text: `담당자님, 안녕하십니까.\n\n민원이 접수되었습니다.\n\n- 접수번호: ${id}\n- 제목: ${content.title}\n- 신청인: ${content.complainant.name}\n`,
  });
}

function openQueue() {
  if (!redisUrl) {
    const connection = { connectionString: databaseUrl, schema: 'queue', migrate: true };
    const worker = new Worker(queueName, relay, { connection, concurrency }, createPostgresBackend);
    return { queue: new Queue(queueName, { connection }, createPostgresBackend), worker };
  }
  const connect = () => new Redis(redisUrl, { maxRetriesPerRequest: null });
  const worker = new Worker(queueName, relay, { connection: connect(), concurrency });
  return { queue: new Queue(queueName, { connection: connect() }), worker };
}

const { queue, worker } = openQueue();
worker.on('failed', (_job, error) => console.error(error));
await queue.waitUntilReady();
const intake = await startIntake(databaseUrl, (_id, complaint) => queue.add('relay', complaint, jobOptions));
answerBench({ url: intake.url } satisfies SubjectReady, { usage: readUsage }, async () => {
  await intake.close();
  await worker.close();
  await queue.close();
  mailer.close();
});
