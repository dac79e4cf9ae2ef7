import { subscribe } from 'node:diagnostics_channel';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { afterAll, afterEach, expect } from 'vitest';

/*
 * Holds every reply of the REST door, in every test that runs a hub in its own process, to the OpenAPI document of that
 * hub: status, media type, body and headers. What is not described fails the test during which it was sent.
 */

interface Response {
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, object>;
}
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Response | { $ref: string }> }>>;
  components: { responses: Record<string, Response>; headers: Record<string, { required?: boolean }> };
}

const door = '/api/v1';
const id = 'https://hub.test/openapi';
/** Headers of HTTP itself. A description does not repeat them. */
const ofHttp = [
  ...['content-type', 'content-length', 'content-encoding', 'vary', 'date', 'connection', 'keep-alive'],
  ...['transfer-encoding', 'cache-control', 'x-content-type-options', 'strict-transport-security'],
  ...['content-security-policy', 'referrer-policy'],
];

const faults: string[] = [];
const expectNoFaults = () => expect(faults.splice(0), 'replies as the OpenAPI document says').toEqual([]);
afterEach(expectNoFaults);
afterAll(expectNoFaults);

/** Fastify says so for each server that is made, before it has any route. */
subscribe('fastify.initialization', (message) => watch((message as { fastify: FastifyInstance }).fastify));

function watch(app: FastifyInstance): void {
  const bodies = new WeakMap<FastifyRequest, unknown>();
  // The first hook of all: later ones compress.
  app.addHook('onSend', async (request, _reply, payload) => {
    bodies.set(request, payload);
    return payload;
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? request.url;
    if (route !== door && !route.startsWith(`${door}/`)) return;
    const found = findFaults(request, reply, bodies.get(request));
    faults.push(...found.map((fault) => `${request.method} ${route} ${reply.statusCode}: ${fault}`));
  });
}

function findFaults(request: FastifyRequest, reply: FastifyReply, payload: unknown): string[] {
  const { statusCode, server } = reply;
  if (!('swagger' in server)) return [];
  const document = (server as unknown as { swagger(): Document }).swagger();
  const { schema, url = '' } = request.routeOptions;
  const isDescribed = (schema as { operationId?: string } | undefined)?.operationId !== undefined;
  if (!isDescribed) return statusCode < 400 ? [] : findBodyFaults(document, problem, payload);
  const path = url.replace(/:(\w+)/g, '{$1}');
  const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
  const described = document.paths[path]?.[method]?.responses[statusCode];
  if (!described) return ['the status is not described'];
  const pointer =
    '$ref' in described ? described.$ref : toPointer('paths', path, method, 'responses', `${statusCode}`);
  const response =
    '$ref' in described ? document.components.responses[described.$ref.split('/').at(-1) ?? ''] : described;
  return [
    ...findHeaderFaults(document, response, reply),
    ...(request.method === 'HEAD' ? [] : findContentFaults(document, response, pointer, reply, payload)),
  ];
}

const problem = '#/components/schemas/Problem';
const toPointer = (...parts: string[]) =>
  `#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

function findHeaderFaults(document: Document, response: Response | undefined, reply: FastifyReply): string[] {
  const described = Object.keys(response?.headers ?? {});
  const names = described.map((name) => name.toLowerCase());
  const undescribed = Object.keys(reply.getHeaders()).filter(
    (name) => !ofHttp.includes(name) && !names.includes(name),
  );
  const missing = described.filter(
    (name) => document.components.headers[name]?.required && !reply.hasHeader(name),
  );
  return [
    ...undescribed.map((name) => `the header ${name} is not described`),
    ...missing.map((name) => `the header ${name} is missing`),
  ];
}

function findContentFaults(
  document: Document,
  response: Response | undefined,
  pointer: string,
  reply: FastifyReply,
  payload: unknown,
): string[] {
  const types = Object.keys(response?.content ?? {});
  const hasBody = payload !== undefined && payload !== null && payload !== '';
  if (types.length === 0) return hasBody ? ['there is a body, and none is described'] : [];
  const [type = ''] = String(reply.getHeader('content-type') ?? '').split(';');
  const described = types.includes(type) ? type : types.find((one) => one === '*/*');
  if (!described) return [`the media type ${type} is not described`];
  if (described === '*/*') return [];
  if (/[/+]xml$/.test(described)) return typeof payload === 'string' ? [] : ['the body is no text'];
  return findBodyFaults(
    document,
    `${pointer}/${toPointer('content', described, 'schema').slice(2)}`,
    payload,
  );
}

const checks = new WeakMap<Document, { ajv: Ajv2020; known: Map<string, ValidateFunction> }>();

function findBodyFaults(document: Document, pointer: string, payload: unknown): string[] {
  if (typeof payload !== 'string') return ['the body is no text'];
  const { ajv, known } = checks.get(document) ?? toChecks(document);
  const check = known.get(pointer) ?? ajv.compile({ $ref: `${id}${pointer}` });
  known.set(pointer, check);
  return check(JSON.parse(payload)) ? [] : [ajv.errorsText(check.errors)];
}

function toChecks(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ ...document, $id: id } as object);
  const made = { ajv, known: new Map<string, ValidateFunction>() };
  checks.set(document, made);
  return made;
}
