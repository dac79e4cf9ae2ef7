import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { call } from './call.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';

interface Media {
  schema: object;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}
interface Operation {
  operationId: string;
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, object>;
    responses: Record<string, { content: Record<string, Media> }>;
  };
  servers: { url: string }[];
}

let doors: OpenDoors;
let document: Document;
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

beforeAll(async () => {
  doors = await openDoors();
  document = (await call<Document>(doors, undefined, 'GET', '/openapi.json')).body;
  ajv.addSchema({ ...document, $id: 'https://hub.test/openapi' } as object);
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('the description', () => {
  it('is OpenAPI 3.1 and names every operation', async () => {
    expect(await new Validator().validate({ ...structuredClone(document) })).toMatchObject({ valid: true });
    expect(document.openapi).toBe('3.1.0');
    expect(operations().map(({ operation }) => operation.operationId)).toEqual(
      expect.arrayContaining([
        'registerComplaint',
        'updateComplaint',
        'addAnswer',
        'addInterimAnswer',
        'addFollowUp',
        'changeStatus',
        'transferComplaint',
        'withdrawComplaint',
        'takeStep',
        'getClock',
        'listContributions',
        'listOwedContributions',
        'getComplaint',
        'listEvents',
        'searchComplaints',
        'fetchChanges',
        'acknowledgeChanges',
        'runBatch',
        'sendPosts',
        'selfTest',
        'putAttachment',
        'listAttachments',
        'getAttachment',
        'supplyAttachment',
      ]),
    );
  });

  it('shows examples that its own schemas accept', () => {
    const shown = operations().flatMap(({ path, method, operation }) => [
      ...Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => ({
        at: ['paths', path, method, 'requestBody', 'content', type],
        media,
      })),
      ...Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).map(([type, media]) => ({
          at: ['paths', path, method, 'responses', status, 'content', type],
          media,
        })),
      ),
    ]);
    const withExample = shown.filter(({ media }) => media.example !== undefined);
    const [event] = Object.values(document.webhooks.event?.post?.requestBody?.content ?? {});
    withExample.push({ at: ['webhooks', 'event'], media: event as Media });
    expect(event?.example).toMatchObject({ specversion: '1.0' });
    expect(withExample.length).toBeGreaterThan(25);
    for (const { at, media } of withExample) {
      const check = ajv.compile({
        ...media.schema,
        $id: `https://hub.test/${at.join('/')}`,
        ...rebase(media.schema),
      });
      expect(check(media.example) || check.errors, at.join(' ')).toBe(true);
    }
  });

  it('shows a problem of each kind with its own status', () => {
    const check = ajv.compile({ $ref: 'https://hub.test/openapi#/components/schemas/Problem' });
    const shown = Object.entries(document.components.responses).flatMap(([name, { content }]) =>
      Object.entries(content['application/problem+json']?.examples ?? {}).map(([code, { value }]) => ({
        name,
        code,
        value: value as { type: string; status: number },
      })),
    );
    expect(shown.length).toBeGreaterThan(12);
    for (const { name, code, value } of shown) {
      expect(check(value) || check.errors, code).toBe(true);
      expect(value.type).toBe(`urn:minwon-hub:problem:${code}`);
      const users = operations().flatMap(({ operation }) => Object.entries(operation.responses));
      const statuses = users.flatMap(([status, reply]) =>
        (reply as { $ref?: string }).$ref === `#/components/responses/${name}` ? [status] : [],
      );
      expect([...new Set(statuses)], name).toEqual([`${value.status}`]);
    }
  });

  it('names the address at which the caller found it, and comes as YAML too', async () => {
    expect(document.servers).toMatchObject([{ url: doors.url }]);
    const yaml = await fetch(`${doors.url}/api/v1/openapi.yaml`);
    expect(yaml.headers.get('content-type')).toBe('application/yaml');
    expect(parse(await yaml.text())).toEqual(document);
    const page = await fetch(`${doors.url}/api/v1/docs/json`);
    expect(await page.json()).toEqual(document);
  });

  it('describes files as bytes, in both directions', () => {
    const file = '/api/v1/complaints/{receiptNumber}/attachments/{id}';
    const bytes = { schema: { type: 'string', format: 'binary' } };
    const { post } = document.paths['/api/v1/attachments'] ?? {};
    const { put, get } = document.paths[file] ?? {};
    expect(post?.requestBody?.content).toEqual({ 'application/octet-stream': bytes });
    expect(put?.requestBody?.content).toEqual({ 'application/octet-stream': bytes });
    expect(get?.responses[200]?.content).toEqual({ '*/*': bytes });
  });

  it('has a page that takes nothing from elsewhere', async () => {
    const page = await fetch(`${doors.url}/api/v1/docs`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const path of ['/api/v1/docs', '/api/v1/docs/']) {
      const script = /src="([^"]*swagger-ui-bundle\.js)"/.exec(
        await (await fetch(doors.url + path)).text(),
      )?.[1];
      expect((await fetch(new URL(script ?? '', doors.url + path))).status).toBe(200);
    }
  });
});

/** References are written for the whole document. */
const rebase = (schema: object) =>
  '$ref' in schema ? { $ref: `https://hub.test/openapi${String(schema.$ref)}` } : absolute(schema);
const absolute = (schema: object): object =>
  JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components/', '"https://hub.test/openapi#/components/'),
  ) as object;

// tests/support/described-replies.ts holds each of these replies to the document.
describe('real replies are as described', () => {
  type Receipt = { receiptNumber: string };
  const register = (externalId: string) =>
    call<Receipt>(doors, doors.keys.alpha, 'POST', '/complaints', { externalId, content: exportComplaint });

  it('of every write, done, repeated and refused', async () => {
    const first = await register('described');
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toBe(`/api/v1/complaints/${first.body.receiptNumber}`);
    expect((await register('described')).status).toBe(200);
    const { alpha, beta, gamma } = doors.keys;
    const { receiptNumber } = first.body;
    const writes: [string, string, string, object][] = [
      ['PUT', 'content', alpha, { ...exportComplaint, title: '고친 제목' }],
      ['PUT', 'status', beta, { status: 'in_progress' }],
      ['POST', 'steps', beta, { kind: 'officer_assigned', officer: { name: '이담당' } }],
      ['POST', 'interim-answers', beta, { text: '알아보고 있습니다.' }],
      ['POST', 'answers', beta, { text: '신고서를 내십시오.' }],
      ['POST', 'follow-ups', alpha, { text: '어디에 냅니까?' }],
      ['POST', 'transfer', beta, { to: 'gamma', reason: '소관이 다릅니다.' }],
      ['POST', 'withdrawal', alpha, { reason: '해결되었습니다.' }],
    ];
    for (const [method, part, key, value] of writes) {
      const path = `/complaints/${receiptNumber}/${part}`;
      const done = await call(doors, key, method, path, value);
      expect([path, done.status, done.body]).toEqual([path, method === 'PUT' ? 200 : 201, expect.anything()]);
      const again = await call<{ outcome: string }>(doors, key, method, path, value);
      expect([again.status, again.body.outcome]).toEqual([200, 'duplicate']);
      const wrong = await call(doors, key, method, path, { colour: 'red' });
      expect(wrong.status).toBe(422);
      const trespass = await call(doors, key === alpha ? beta : alpha, method, path, {
        ...value,
        ...anew(part),
      });
      expect([part, trespass.status]).toEqual([part, 403]);
      const stale = await call(doors, key, method, path, { ...value, ...anew(part) }, { 'if-match': '"1"' });
      expect(stale.status).toBe(412);
    }
    expect((await call(doors, gamma, 'GET', `/complaints/${receiptNumber}`)).body).toMatchObject({
      status: 'withdrawn',
      assignee: 'gamma',
      content: { title: '고친 제목' },
    });
  });

  it('of files', async () => {
    const { alpha, gamma } = doors.keys;
    const send = async (name: string) => {
      const init = { method: 'POST', body: '%PDF-1.7', headers: { authorization: `Bearer ${alpha}` } };
      const reply = await fetch(`${doors.url}/api/v1/attachments?name=${name}`, init);
      return { status: reply.status, headers: reply.headers, body: (await reply.json()) as { id: string } };
    };
    const [sent, unsent] = [await send('a.pdf'), await send('a.exe')];
    expect([sent.status, unsent.status]).toEqual([201, 422]);
    const attachments = [{ id: sent.body.id, name: 'a.pdf' }];
    const value = { externalId: 'files', content: { ...exportComplaint, attachments } };
    const { receiptNumber } = (await call<Receipt>(doors, alpha, 'POST', '/complaints', value)).body;
    const path = `/complaints/${receiptNumber}/attachments`;
    const [listed, unlisted] = [await call(doors, alpha, 'GET', path), await call(doors, 'x', 'GET', path)];
    expect(listed.body).toMatchObject({ attachments: [{ state: 'held' }] });
    expect(unlisted.status).toBe(401);
    for (const method of ['GET', 'PUT'])
      expect((await call(doors, gamma, method, `${path}/x`)).status).toBe(404);
  });

  it('of reads, searches and batches', async () => {
    const { receiptNumber } = (await register('read')).body;
    const { alpha, gamma } = doors.keys;
    const read = await call(doors, alpha, 'GET', `/complaints/${receiptNumber}`);
    expect([read.status, (await call(doors, gamma, 'GET', `/complaints/${receiptNumber}`)).status]).toEqual([
      200, 404,
    ]);
    const etag = read.headers.get('etag') ?? '';
    const unchanged = { 'if-none-match': etag };
    const same = await call(doors, alpha, 'GET', `/complaints/${receiptNumber}`, undefined, unchanged);
    expect(same.status).toBe(304);
    const path = `/complaints/${receiptNumber}`;
    for (const one of [`${path}/clock`, `${path}/events`, '/complaints?text=수출'])
      expect((await call(doors, alpha, 'GET', one)).status).toBe(200);
    const wrongSearch = await call(doors, alpha, 'GET', '/complaints?limit=0&colour=red');
    expect(wrongSearch.body).toMatchObject({ errors: [{ pointer: '/colour' }, { pointer: '/limit' }] });
    for (const key of [alpha, gamma]) {
      const changes = await call<{ changes: unknown[] }>(doors, key, 'GET', '/changes');
      expect(key === gamma ? changes.body.changes.length > 5 : changes.status === 409).toBe(true);
      const acknowledged = await call(doors, key, 'POST', '/changes/acknowledgements', { upTo: '1' });
      expect(acknowledged.status).toBe(key === gamma ? 200 : 409);
    }
    const batch = {
      items: [{ operation: 'registerComplaint', value: { externalId: 'b', content: exportComplaint } }],
    };
    expect((await call(doors, alpha, 'POST', '/batches', batch)).status).toBe(200);
    expect((await call(doors, '', 'POST', '/batches', batch)).status).toBe(401);
    for (const [query, status] of [
      ['', 200],
      ['?from=x', 422],
    ] as const) {
      const ledger = await call<{ days: unknown[] }>(doors, alpha, 'GET', `/ledger${query}`);
      expect([ledger.status, ledger.body.days?.length]).toEqual([status, status === 200 ? 1 : undefined]);
    }
    expect((await call(doors, alpha, 'POST', '/self-test', {})).status).toBe(200);
  });
});

/** Other words, so that a call is not a repetition. */
const anew = (part: string): object =>
  ({
    content: { title: '또 다른 제목' },
    status: { status: 'closed' },
    steps: { officer: { name: '박담당' } },
    transfer: { reason: '다른 까닭' },
    withdrawal: { reason: '다른 까닭' },
  })[part] ?? { text: '다른 말' };
