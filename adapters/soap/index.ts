import type { EventType } from '../../schemas/index.ts';
import {
  type AdapterContext,
  type AdapterKind,
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type Change,
  type CheckReport,
  type Fingerprint,
  type Outcome,
  type Pulled,
  type PulledPost,
} from '../contract.ts';
import { toPushInput, toRef } from '../kit/board-ref.ts';
import { checkReading, messageOf, toReport } from '../kit/check-reading.ts';
import { pullPosts } from '../kit/cursor.ts';
import { listHoldings, listPulled } from '../kit/fingerprints.ts';
import { HttpError, toBoardError, toOutcome } from '../kit/http-errors.ts';
import { normalise } from '../kit/normalise.ts';
import { toPulledPost } from '../kit/page-rows.ts';
import { createSoapFiles, type SoapParts } from './attachments.ts';
import { createSoapShape } from './board-shape.ts';
import { createSoapClient } from './client.ts';
import { checkSoapSettings, SoapSettings } from './config.ts';
import { compileSoapMappings, toRows, toWritable } from './mapping.ts';

/** Boards with a SOAP service, described by their WSDL and by expressions. */
export const soapAdapter: AdapterKind = {
  name: 'soap',
  settings: SoapSettings,
  checkSettings: checkSoapSettings,
  create: (settings, context) => createSoapAdapter(settings as SoapSettings, context),
};

interface Call {
  key: string;
  signal: AbortSignal;
}

function createSoapAdapter(settings: SoapSettings, context: AdapterContext): BoardAdapter {
  const mappings = compileSoapMappings(settings, context.timeZone);
  const client = createSoapClient(settings, context, mappings.errorWhen);
  const parts = { settings, mappings, client };
  return {
    ...(settings.pull && {
      pull: (cursor: string | undefined, signal: AbortSignal) => pull(parts, cursor, signal),
    }),
    normalise: (raw) => normalise(mappings.normalise, raw),
    carries: new Set([...mappings.push.keys()] as EventType[]),
    ...(settings.push && { push: (change: Change, call: Call) => push(parts, change, call) }),
    ...(settings.find && { find: (change: Change, call: Call) => find(parts, change, call) }),
    ...((settings.fingerprints ?? settings.pull) && {
      fingerprints: (since: Date | undefined, signal: AbortSignal) => fingerprints(parts, since, signal),
    }),
    ...(settings.read && settings.pull && { read: (id, signal) => read(parts, id, signal) }),
    ...createSoapFiles(parts),
    ...createSoapShape(parts),
    check: (signal) => check(parts, signal),
    close: client.close,
  };
}

async function pull(
  { settings, mappings, client }: SoapParts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages = 10,
): Promise<Pulled> {
  const { pull: mapping } = mappings;
  if (!mapping) throw new BoardError('malformed', 'this board is not read (no pull)');
  const { pageSize = 100, overlapSeconds = 60 } = settings.pull ?? {};
  const fetchPage = async (since: string | undefined, page: number) => {
    const request = await mapping.request.evaluate({ since, page, size: pageSize });
    return toRows(mapping, await client.call(mapping.operation, request ?? {}, signal));
  };
  try {
    return await pullPosts({ cursor, overlapSeconds, pageSize, maxPages, fetchPage });
  } catch (error) {
    throw asBoardError(error);
  }
}

async function push({ settings, mappings, client }: SoapParts, change: Change, call: Call): Promise<Outcome> {
  const { type } = change.event;
  const mapping = mappings.push.get(type);
  if (!mapping) return { kind: 'refused', reason: `this board carries no event "${type}"` };
  if (!mapping.externalId && !change.ref) {
    return { kind: 'refused', reason: `push.${type}: the board does not hold this complaint yet` };
  }
  let given: unknown;
  try {
    given = await mapping.request.evaluate(toPushInput(change, call.key));
    if (given === undefined) throw new RangeError('the mapping gives nothing to send');
  } catch (error) {
    return { kind: 'refused', reason: `push.${type}: ${messageOf(error)}` };
  }
  const { request, problems } = toWritable(given, settings.charset ?? 'utf-8');
  if (problems.length > 0) {
    const reason = problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
    return { kind: 'refused', reason, fields: problems };
  }
  try {
    const reply = await client.call(mapping.operation, request, call.signal);
    const externalId = mapping.externalId ? await mapping.externalId.evaluate(reply) : change.ref?.externalId;
    const ref = toRef(externalId, await mapping.partId?.evaluate(reply));
    return ref ? { kind: 'done', ref } : { kind: 'unknown', reason: 'the reply does not name the post' };
  } catch (error) {
    return error instanceof HttpError ? toOutcome(error) : { kind: 'unknown', reason: messageOf(error) };
  }
}

async function find(
  { mappings, client }: SoapParts,
  change: Change,
  call: Call,
): Promise<BoardRef | undefined> {
  const { find: mapping } = mappings;
  if (!mapping) throw new BoardError('malformed', 'this board cannot be asked (no find)');
  try {
    const request = await mapping.request.evaluate(toPushInput(change, call.key));
    const reply = await client.call(mapping.operation, request ?? {}, call.signal);
    const found = (await mapping.ref.evaluate({ reply, change, key: call.key })) as
      | Partial<BoardRef>
      | undefined;
    return toRef(found?.externalId, found?.partId);
  } catch (error) {
    throw asBoardError(error);
  }
}

async function* fingerprints(
  parts: SoapParts,
  since: Date | undefined,
  signal: AbortSignal,
): AsyncGenerator<Fingerprint> {
  const { settings, mappings, client } = parts;
  const { fingerprints: mapping } = mappings;
  try {
    if (!mapping) {
      const toPost = async (raw: unknown) => {
        const result = await normalise(mappings.normalise, raw);
        return result.ok ? result.post : undefined;
      };
      const { overlapSeconds = 60 } = settings.pull ?? {};
      yield* listPulled((cursor) => pull(parts, cursor, signal, 1), toPost, { since, overlapSeconds });
      return;
    }
    const { pageSize = 100 } = settings.fingerprints ?? {};
    const fetchPage = async (after: string | undefined, page: number) => {
      const input = { since: since?.toISOString(), after, page, size: pageSize };
      return client.call(mapping.operation, (await mapping.request.evaluate(input)) ?? {}, signal);
    };
    yield* listHoldings({ pageSize, mapping, fetchPage });
  } catch (error) {
    throw asBoardError(error);
  }
}

async function read(
  { mappings, client }: SoapParts,
  externalId: string,
  signal: AbortSignal,
): Promise<PulledPost | undefined> {
  const { read: mapping, pull: rows } = mappings;
  if (!mapping || !rows) throw new BoardError('malformed', 'this board gives no single post (no read)');
  try {
    const request = await mapping.request.evaluate({ externalId });
    const reply = await client.call(mapping.operation, request ?? {}, signal);
    const item = await mapping.item.evaluate(reply);
    return item === undefined ? undefined : await toPulledPost(rows, item);
  } catch (error) {
    const isRefusal = error instanceof HttpError && error.kind === 'refused';
    if (isRefusal && (await mapping.absentWhen?.evaluate(error.message)) === true) return undefined;
    throw asBoardError(error);
  }
}

/** The WSDL must offer what the settings name; then the board is read, where it is read at all. */
async function check(parts: SoapParts, signal: AbortSignal): Promise<CheckReport> {
  const { mappings, client, settings } = parts;
  try {
    const offered = await client.operations(signal);
    const { pull: toRead, find: toAsk, fingerprints: toList, read: toReadOne, attachments: files } = mappings;
    const used = [toRead, toAsk, toList, toReadOne, files.push, files.find, ...mappings.push.values()];
    const named = used.flatMap((mapping) => mapping?.operation ?? []);
    const missing = [...new Set(named)].filter((name) => !offered.includes(name));
    const wsdl =
      missing.length === 0
        ? { what: 'WSDL', ok: true, detail: `offers ${offered.length} operations` }
        : { what: 'WSDL', ok: false, detail: `has no ${missing.join(', ')}; it has ${offered.join(', ')}` };
    if (!settings.pull || missing.length > 0) return toReport([wsdl]);
    const read = async () => (await pull(parts, undefined, signal, 1)).posts;
    const reading = await checkReading(read, (raw) => normalise(mappings.normalise, raw));
    return toReport([wsdl, ...reading.lines]);
  } catch (error) {
    return toReport([{ what: 'WSDL', ok: false, detail: messageOf(error) }]);
  }
}

function asBoardError(error: unknown): BoardError {
  if (error instanceof BoardError) return error;
  if (error instanceof HttpError) return toBoardError(error);
  return new BoardError('malformed', messageOf(error), { cause: error });
}
