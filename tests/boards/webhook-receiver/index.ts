import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CloudEventV1, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import type { BoardFault } from '../../../adapters/conformance/board-fixture.ts';
import { NotTaken, openStore, type ReceiverStore, type TakenData, type TakenEvent } from './store.ts';

export interface ReceiverOptions {
  /** An SQLite file. Absent: kept in memory. */
  file?: string;
  /** 0 or absent: any free port. */
  port?: number;
  /** `whsec_…`. A signature by one of them is enough. */
  secrets: string[];
}

/** One request, whatever its result. */
interface Delivery {
  webhookId: string;
  subject: string | undefined;
  sequence: number;
  type: string;
  /** The number of its signatures. */
  signatures: number;
}

/** What happens instead of accepting the event: a fault, or a reply chosen by the test. */
type Behaviour = BoardFault | { status: number; headers?: Record<string, string>; body?: string };

/**
 * A partner's program that receives webhooks, with its own database. The official libraries read the events and check
 * the signatures.
 */
export interface WebhookReceiver {
  url: string;
  /** The secrets that are accepted from now on. */
  secrets: string[];
  /** Valid and invalid requests in order of arrival. */
  deliveries: Delivery[];
  /** Called for every valid request. Undefined: normal behaviour. */
  behave(delivery: Delivery): Behaviour | undefined;
  /** Creates a case of the partner's own. Returns its number. */
  file(title: string): string;
  /** Directly from its storage. */
  events(): TakenEvent[];
  cases(): { externalId: string; receiptNumber?: string; title: string }[];
  /** Closes it and cuts every connection. */
  close(): Promise<void>;
}

export async function startWebhookReceiver({
  file = ':memory:',
  port = 0,
  secrets,
}: ReceiverOptions): Promise<WebhookReceiver> {
  const store = openStore(file);
  const receiver: WebhookReceiver = {
    url: '',
    secrets,
    deliveries: [],
    behave: () => undefined,
    file: store.file,
    events: store.events,
    cases: store.cases,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      store.close();
    },
  };
  const server = createServer((request, response) => void receive(receiver, store, request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  return receiver;
}

async function receive(
  receiver: WebhookReceiver,
  store: ReceiverStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = Buffer.concat(await request.toArray()).toString();
  const headers = request.headers as Record<string, string>;
  const isSigned = receiver.secrets.some((secret) => isSignedBy(secret, body, headers));
  // Structured or binary. Throws if it is no valid event.
  const event = HTTP.toEvent({ headers, body }) as CloudEventV1<TakenData>;
  const webhookId = headers['webhook-id'] ?? '';
  const { subject, type } = event;
  const signatures = (headers['webhook-signature'] ?? '').split(' ').length;
  const delivery = { webhookId, subject, sequence: Number(event.sequence), type, signatures };
  receiver.deliveries.push(delivery);
  if (!isSigned) return refuse(response, new NotTaken(401, '서명이 맞지 않습니다'));
  const behaviour = receiver.behave(delivery) ?? 'none';
  if (behaviour === 'hang') return;
  if (typeof behaviour === 'object')
    return void response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
  if (behaviour !== 'none' && behaviour !== 'reset-after-write') return fail(response, behaviour);
  if (type.endsWith('.ping.v1')) return void response.writeHead(204).end();
  try {
    const externalId = store.take({ ...delivery, subject: subject ?? '', data: event.data as TakenData });
    if (behaviour === 'reset-after-write') return void response.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ externalId }));
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    refuse(response, error);
  }
}

function isSignedBy(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

function refuse(response: ServerResponse, { status, message, pointer }: NotTaken): void {
  const errors = pointer ? [{ pointer: `#${pointer}`, detail: message }] : [];
  const problem = JSON.stringify({ title: '받지 않음', status, detail: message, errors });
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(problem);
}

function fail(response: ServerResponse, fault: Exclude<BoardFault, 'none' | 'hang' | 'reset-after-write'>) {
  const json = { 'content-type': 'application/json' };
  const replies = {
    'error-500': [500, json, '{"title":"내부 오류"}'],
    busy: [429, { ...json, 'retry-after': '2' }, '{"title":"잠시 뒤에"}'],
    malformed: [200, json, '{"externalId":"C-'],
    html: [200, { 'content-type': 'text/html' }, '<!doctype html><title>점검 중</title>'],
    unauthorised: [401, json, '{"title":"서명이 맞지 않습니다"}'],
  } as const;
  const [status, headers, body] = replies[fault];
  response.writeHead(status, headers).end(body);
}
