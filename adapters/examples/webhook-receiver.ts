/**
 * An agency's webhook receiver in TypeScript. It checks the signature, stores each event once, and then confirms it.
 * WEBHOOK_SECRETS is `whsec_…`, or two of them with a space between while they change. PORT is the port behind your TLS
 * proxy. STORE is an SQLite file. It runs on Node 24 as it is.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

const { WEBHOOK_SECRETS: secrets, PORT: port = '8080', STORE: file = 'events.db' } = process.env;
if (!secrets) throw new Error('set WEBHOOK_SECRETS');

/**
 * The fields of a CloudEvent that this program uses. The hub's OpenAPI document describes all of them under "webhooks".
 */
interface ComplaintEvent {
  type: string;
  subject: string;
  data: { receiptNumber: string; event: { seq: number; type: string }; complaint: { status: string } };
}

const keys = secrets.split(' ').map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
const tolerance = 5 * 60;
const mostBytes = 4 * 1024 * 1024;

/** Standard Webhooks: HMAC-SHA256 over id, time and the unchanged body. */
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

/** Durable when it returns. Your program stores the id in the same transaction as its own work with the event. */
function take(id: string, event: ComplaintEvent, body: Buffer): void {
  const { changes } = insert.run(id, event.subject, body.toString());
  if (changes === 0) return; // A repeated event, which is already stored.
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
  // The ping, and types that a later version may send.
  if (!event.type.includes('.complaint.')) return void response.writeHead(204).end();
  take(String(request.headers['webhook-id']), event, body);
  // Your own id of the complaint, if you have one. The hub sends it with later events.
  const externalId = `OWN-${event.subject}`;
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ externalId }));
}

// Without a reply the hub sends the event again.
const server = createServer((request, response) =>
  receive(request, response).catch(() => response.destroy()),
);
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
