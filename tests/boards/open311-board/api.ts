import { Readable } from 'node:stream';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import { XMLBuilder } from 'fast-xml-parser';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readForm, type StoredFile } from '../file-storage.ts';
import { addFaults, type Faults } from '../rest-board/faults.ts';
import { type BoardRequest, type BoardStore, type BoardUpdate, services, states } from './store.ts';

export interface ServiceOptions {
  store: BoardStore;
  apiKey: string;
  jurisdiction: string;
  faults: Faults;
  /** The most requests in one reply. */
  mostRows: number;
  /** How many questions about a token get no answer. Absent: requests get their numbers at once. */
  patience?: number | undefined;
}

type Fields = Record<string, string | undefined>;
type Formatted = { Params: { format: string; id: string }; Querystring: Fields };

/** An error in GeoReport's format. */
class ServiceError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const builder = new XMLBuilder({ processEntities: true });

/** Sends the list as XML or JSON, by the ending of the address. */
function send(
  reply: FastifyReply,
  request: FastifyRequest,
  [list, item]: [string, string],
  entries: object[],
) {
  const { format } = request.params as { format: string };
  if (format === 'json') return reply.type('application/json; charset=utf-8').send(JSON.stringify(entries));
  const xml = builder.build({ [list]: { [item]: entries } });
  return reply.type('text/xml; charset=utf-8').send(`<?xml version="1.0" encoding="utf-8"?>${xml}`);
}

const asRequests: [string, string] = ['service_requests', 'request'];
const asUpdates: [string, string] = ['service_request_updates', 'request_update'];

/** GeoReport v2 with the update extension, below /open311/v2. */
export async function addService(server: FastifyInstance, options: ServiceOptions): Promise<void> {
  const { store, jurisdiction, faults } = options;
  addFaults(server, faults);
  await server.register(formbody);
  await server.register(multipart, { limits: { fileSize: 200 * 1024 * 1024 } });
  server.setErrorHandler((error, request, reply) => {
    const { status = 400, message } = error as Partial<ServiceError>;
    return send(reply.code(status), request, ['errors', 'error'], [{ code: status, description: message }]);
  });
  server.addHook('preHandler', async (request) => {
    const { jurisdiction_id } = { ...(request.query as Fields), ...(request.body as Fields | undefined) };
    if (!request.isMultipart() && !request.url.startsWith('/media/') && jurisdiction_id !== jurisdiction)
      throw new ServiceError(404, `jurisdiction_id ${jurisdiction_id ?? ''} was not found`);
  });
  addReading(server, options);
  addWriting(server, options);
  server.get<{ Params: { no: string } }>('/media/:no/:name', async ({ params }, reply) => {
    const file = store.files.find(Number(params.no));
    if (!file) throw new ServiceError(404, 'no such file');
    return reply.type('application/octet-stream').send(Readable.from(store.files.read(file.no)));
  });
}

const prefix = '/open311/v2';
const ending = '.:format(^(json|xml)$)';

function addReading(
  server: FastifyInstance,
  { store, apiKey, mostRows, faults, patience = 0 }: ServiceOptions,
): void {
  server.get<Formatted>(`${prefix}/services${ending}`, async (request, reply) =>
    send(
      reply,
      request,
      ['services', 'service'],
      Object.entries(services).map(([service_code, service_name]) => ({
        service_code,
        service_name,
        metadata: false,
        type: 'realtime',
      })),
    ),
  );
  server.get<Formatted>(`${prefix}/requests${ending}`, async (request, reply) => {
    const { query } = request;
    const isTrusted = query.api_key === apiKey;
    const found = query.service_request_id
      ? query.service_request_id.split(',').flatMap((no) => store.find(Number(no)) ?? [])
      : listWindow(store, query, { mostRows, isTrusted });
    const asListed = (shown: object) =>
      'service_request_id' in shown && faults.spoilt?.has(String(shown.service_request_id))
        ? { ...shown, service_request_id: null }
        : shown;
    const shown = found.map((one) => showRequest(request, one, isTrusted)).map(asListed);
    return send(reply, request, asRequests, shown);
  });
  server.get<Formatted>(`${prefix}/tokens/:id${ending}`, async (request, reply) => {
    const { id: token } = request.params;
    const known = store.askToken(token, patience);
    if (!known) throw new ServiceError(404, 'no such token');
    const { request: no } = known;
    return send(reply, request, asRequests, [{ token, ...(no && { service_request_id: no }) }]);
  });
  server.get<Formatted>(`${prefix}/servicerequestupdates${ending}`, async (request, reply) => {
    const { query } = request;
    checkKey(query, apiKey);
    const found = store.updates(toSeconds(query.start_date, 0), toSeconds(query.end_date, 1e12));
    return send(
      reply,
      request,
      asUpdates,
      found.map((update) => showUpdate(request, update)),
    );
  });
}

function listWindow(
  store: BoardStore,
  query: Fields,
  { mostRows, isTrusted }: { mostRows: number; isTrusted: boolean },
): BoardRequest[] {
  const by = query.updated_after || query.updated_before ? 'changed' : 'made';
  const from = toSeconds(query.updated_after ?? query.start_date, 0);
  const to = toSeconds(query.updated_before ?? query.end_date, 1e12);
  const limit = Math.min(Number(query.page_size ?? mostRows), mostRows);
  const offset = (Number(query.page ?? 1) - 1) * limit;
  return store.list(by, from, to, { limit, offset, all: isTrusted });
}

function addWriting(
  server: FastifyInstance,
  { store, apiKey, jurisdiction, patience }: ServiceOptions,
): void {
  const readFields = async (request: FastifyRequest): Promise<{ fields: Fields; stored: StoredFile[] }> => {
    const form = request.isMultipart()
      ? await readForm(request.parts(), store.files)
      : { fields: request.body as Fields, stored: [] };
    checkKey(form.fields, apiKey);
    if (form.fields.jurisdiction_id !== jurisdiction)
      throw new ServiceError(404, 'jurisdiction_id was not found');
    return form;
  };

  server.post<Formatted>(`${prefix}/requests${ending}`, async (request, reply) => {
    const { fields, stored } = await readFields(request);
    const { service_code = '', description = '', lat, long, address_string } = fields;
    if (!Object.hasOwn(services, service_code))
      throw new ServiceError(400, `no service_code ${service_code}`);
    if (!description) throw new ServiceError(400, 'description is required');
    if (!address_string && !(lat && long))
      throw new ServiceError(400, 'lat and long, or address_string, are required');
    const attributes = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value = '']) => {
        const [, code] = /^attribute\[(.+)\]$/.exec(name) ?? [];
        return code ? [[code, value]] : [];
      }),
    );
    const person = pick(fields, [
      'first_name',
      'last_name',
      'email',
      'phone',
      'non_public',
      'lat',
      'long',
      'address_string',
    ]);
    const made = { service_code, description: asStored(description), ...person, attributes, files: stored };
    const no = store.once(attributes.fixmystreet_id, () => store.add(made));
    if (patience === undefined) return send(reply, request, asRequests, [{ service_request_id: no }]);
    const token = `T-${no}`;
    store.giveToken(token, Number(no));
    return send(reply, request, asRequests, [{ token }]);
  });
  server.post<Formatted>(`${prefix}/servicerequestupdates${ending}`, async (request, reply) => {
    const { fields, stored } = await readFields(request);
    const { service_request_id, update_id, status = '', description = '' } = fields;
    if (!states.includes(status))
      throw new ServiceError(400, `status ${status} is none of ${states.join(', ')}`);
    const update = { status, description: asStored(description), files: stored };
    const no = store.once(update_id && `update ${update_id}`, () =>
      store.update(Number(service_request_id), update),
    );
    if (no === undefined) throw new ServiceError(404, `no service_request_id ${service_request_id}`);
    return send(reply, request, asUpdates, [{ update_id: no }]);
  });
}

function checkKey({ api_key }: Fields, apiKey: string): void {
  if (api_key !== apiKey) throw new ServiceError(403, 'Missing or invalid api_key');
}

/** A form field on a Windows server has such line ends. */
const asStored = (text: string) => text.replace(/\r?\n/g, '\r\n');

const toSeconds = (time: string | undefined, missing: number) => (time ? Date.parse(time) / 1000 : missing);

const pick = (fields: Fields, names: string[]) =>
  Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])));

/** Korean time with its offset, in whole seconds. */
const toTime = (seconds: number) =>
  `${new Date((seconds + 9 * 3600) * 1000).toISOString().slice(0, 19)}+09:00`;

function mediaOf(request: FastifyRequest, files: StoredFile[]): object {
  const [first, ...more] = files.map(
    ({ no, name }) => `${request.protocol}://${request.host}/media/${no}/${encodeURIComponent(name)}`,
  );
  return first ? { media_url: more.length ? [first, ...more] : first } : {};
}

/** Only callers with the key see who made the request. */
function showRequest(request: FastifyRequest, one: BoardRequest, isTrusted: boolean): object {
  const { first_name, last_name, email, phone, attributes } = one;
  return {
    service_request_id: one.no,
    status: one.status,
    service_code: one.service_code,
    service_name: services[one.service_code],
    description: one.description,
    requested_datetime: toTime(one.made),
    updated_datetime: toTime(one.changed),
    address: one.address_string ?? '',
    lat: one.lat ?? '',
    long: one.long ?? '',
    ...mediaOf(request, one.files),
    ...(isTrusted && { first_name, last_name, email, phone, extended_attributes: attributes }),
  };
}

function showUpdate(request: FastifyRequest, update: BoardUpdate & { request: number }): object {
  return {
    update_id: update.no,
    service_request_id: update.request,
    status: update.status,
    updated_datetime: toTime(update.at),
    description: update.description,
    ...mediaOf(request, update.files),
  };
}
