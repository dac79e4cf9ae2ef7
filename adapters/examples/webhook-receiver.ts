/**
 * An agency's webhook receiver in TypeScript: check the signature, keep each event once, then say so.
 * WEBHOOK_SECRETS: `whsec_…`, two with a space between them while they change; PORT: to listen on, behind your TLS proxy;
 * STORE: a SQLite file. Runs on Node 24 as it is.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

const { WEBHOOK_SECRETS: secrets, PORT: port = '8080', STORE: file = 'events.db' } = process.env;
if (!secrets) throw new Error('set WEBHOOK_SECRETS');

/** As much of a CloudEvent as this program uses; the whole is in the hub's OpenAPI document, under "webhooks". */
interface ComplaintEvent {
  type: string;
  subject: string;
  data: { receiptNumber: string; event: { seq: number; type: string }; complaint: { status: string } };
}

const keys = secrets.split(' ').map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
const tolerance = 5 * 60;
const mostBytes = 4 * 1024 * 1024;

/** Standard Webhooks: HMAC-SHA256 over id, time and the body exactly as it came. */
function isGenuine({ headers }: IncomingMessage, body: Buffer): boolean {
  const [id, time, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    String(headers[`webhook-${name}`]),
  ) as [string, string, string];
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= tolerance)) return false;
  const expected = keys.map((key) =>
    Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64')}`),
  );
  const given = signatures.split(' ').map((one) => Buffer.from(one));
  return given.some((one) =>
    expected.some((other) => one.length === other.length && timingSafeEqual(one, other)),
  );
}

const store = new DatabaseSync(file);
store.exec('create table if not exists events (id text primary key, subject text, body text)');
const insert = store.prepare('insert into events values (?, ?, ?) on conflict do nothing');

/** Durable when it returns. Your program keeps the id in the same transaction as what it does with the event. */
function take(id: string, event: ComplaintEvent, body: Buffer): void {
  const { changes } = insert.run(id, event.subject, body.toString());
  if (changes === 0) return; // Sent again: it is here already.
  const { receiptNumber, event: happened, complaint } = event.data;
  const { seq, type } = happened;
  process.stdout.write(`${JSON.stringify({ receiptNumber, seq, type, status: complaint.status })}\n`);
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBytes) return void response.writeHead(413, { connection: 'close' }).end();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (!isGenuine(request, body)) return void response.writeHead(401).end();
  const event = JSON.parse(body.toString()) as ComplaintEvent;
  // The ping, and whatever a later version may send.
  if (!event.type.includes('.complaint.')) return void response.writeHead(204).end();
  take(String(request.headers['webhook-id']), event, body);
  // Your own id of the complaint, where you have one: the hub quotes it with later events.
  const externalId = `OWN-${event.subject}`;
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ externalId }));
}

// No reply: the hub sends it again.
const server = createServer((request, response) =>
  receive(request, response).catch(() => response.destroy()),
);
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
