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
import { toPageRows, toPulledPost } from '../kit/page-rows.ts';
import { createRestFiles, type RestParts } from './attachments.ts';
import { createRestShape } from './board-shape.ts';
import { createRestClient } from './client.ts';
import { checkRestSettings, RestSettings } from './config.ts';
import { compileRestMappings, fillPath, toQuery } from './mapping.ts';

/** Boards with a JSON interface over HTTP, described by expressions. */
export const restAdapter: AdapterKind = {
  name: 'rest',
  settings: RestSettings,
  checkSettings: checkRestSettings,
  create: (settings, context) => createRestAdapter(settings as RestSettings, context),
};

function createRestAdapter(settings: RestSettings, context: AdapterContext): BoardAdapter {
  const mappings = compileRestMappings(settings, context.timeZone);
  const client = createRestClient(settings, context, mappings);
  const parts = { settings, mappings, client };
  const toPost = (raw: unknown) => normalise(mappings.normalise, raw);
  const pullFrom = (cursor: string | undefined, signal: AbortSignal) => pull(parts, cursor, signal);
  return {
    ...(settings.pull && { pull: pullFrom }),
    normalise: toPost,
    carries: new Set([...mappings.push.keys()] as EventType[]),
    ...(settings.push && { push: (change, { key, signal }) => push(parts, change, key, signal) }),
    ...(settings.find && { find: (change, { key, signal }) => find(parts, change, key, signal) }),
    ...((settings.fingerprints ?? settings.pull) && {
      fingerprints: (since: Date | undefined, signal: AbortSignal) => fingerprints(parts, since, signal),
    }),
    ...(settings.read && settings.pull && { read: (id, signal) => read(parts, id, signal) }),
    ...createRestFiles(parts),
    ...createRestShape(parts),
    check: (signal) => check(parts, signal),
    close: client.close,
  };
}

async function pull(
  { settings, mappings, client }: RestParts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages = 10,
): Promise<Pulled> {
  const { pull: mapping } = mappings;
  if (!settings.pull || !mapping) throw new BoardError('malformed', 'this board is not read (no pull)');
  const { path, pageSize = 100, overlapSeconds = 60 } = settings.pull;
  const fetchPage = async (since: string | undefined, page: number) => {
    const query = toQuery(await mapping.query.evaluate({ since, page, size: pageSize }));
    return toPageRows(mapping, await client.call({ method: 'GET', path, query }, signal), since);
  };
  try {
    return await pullPosts({ cursor, overlapSeconds, pageSize, maxPages, fetchPage });
  } catch (error) {
    throw toBoardError(error);
  }
}

async function push(
  { mappings, client, settings }: RestParts,
  change: Change,
  key: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const operation = mappings.push.get(change.event.type);
  if (!operation) return { kind: 'refused', reason: `this board carries no event "${change.event.type}"` };
  const input = toPushInput(change, key);
  let path: string;
  let json: unknown;
  try {
    path = fillPath(operation.path, input);
    json = await operation.body?.evaluate(input);
    if (operation.body && json === undefined) throw new RangeError('the mapping gives nothing to send');
  } catch (error) {
    return { kind: 'refused', reason: `push.${change.event.type}: ${messageOf(error)}` };
  }
  try {
    const headers = settings.keyHeader ? { [settings.keyHeader]: key } : {};
    const reply = await client.call({ method: operation.method, path, headers, json }, signal);
    const externalId = operation.externalId
      ? await operation.externalId.evaluate(reply)
      : change.ref?.externalId;
    const ref = toRef(externalId, await operation.partId?.evaluate(reply));
    return ref ? { kind: 'done', ref } : { kind: 'unknown', reason: 'the reply does not name the post' };
  } catch (error) {
    return error instanceof HttpError ? toOutcome(error) : { kind: 'unknown', reason: messageOf(error) };
  }
}

async function find(
  { mappings, client, settings }: RestParts,
  change: Change,
  key: string,
  signal: AbortSignal,
): Promise<BoardRef | undefined> {
  const input = toPushInput(change, key);
  try {
    const path = fillPath(settings.find?.path ?? '', input);
    const query = toQuery(await mappings.find?.query?.evaluate(input));
    const reply = await client.call({ method: 'GET', path, query }, signal);
    const found = (await mappings.find?.ref.evaluate({ reply, change, key })) as
      | Partial<BoardRef>
      | undefined;
    return toRef(found?.externalId, found?.partId);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw toBoardError(error);
  }
}

async function* fingerprints(
  parts: RestParts,
  since: Date | undefined,
  signal: AbortSignal,
): AsyncGenerator<Fingerprint> {
  const { settings, mappings, client } = parts;
  const { fingerprints: mapping } = mappings;
  try {
    if (!settings.fingerprints || !mapping) {
      const toPost = async (raw: unknown) => {
        const result = await normalise(mappings.normalise, raw);
        return result.ok ? result.post : undefined;
      };
      const { overlapSeconds = 60 } = settings.pull ?? {};
      yield* listPulled((cursor) => pull(parts, cursor, signal, 1), toPost, { since, overlapSeconds });
      return;
    }
    const { path, pageSize = 100 } = settings.fingerprints;
    const fetchPage = async (after: string | undefined, page: number) => {
      const input = { since: since?.toISOString(), after, page, size: pageSize };
      return client.call(
        { method: 'GET', path, query: toQuery(await mapping.query.evaluate(input)) },
        signal,
      );
    };
    yield* listHoldings({ pageSize, mapping, fetchPage });
  } catch (error) {
    throw toBoardError(error);
  }
}

async function read(
  { settings, mappings, client }: RestParts,
  externalId: string,
  signal: AbortSignal,
): Promise<PulledPost | undefined> {
  if (!settings.read || !mappings.read || !mappings.pull)
    throw new BoardError('malformed', 'this board gives no single post (no read)');
  try {
    const path = fillPath(settings.read.path, { externalId });
    const item = await mappings.read.item.evaluate(await client.call({ method: 'GET', path }, signal));
    return item === undefined ? undefined : await toPulledPost(mappings.pull, item);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw toBoardError(error);
  }
}

async function check(parts: RestParts, signal: AbortSignal): Promise<CheckReport> {
  if (parts.settings.pull) {
    const read = async () => (await pull(parts, undefined, signal, 1)).posts;
    return checkReading(read, (raw) => normalise(parts.mappings.normalise, raw));
  }
  try {
    await parts.client.call({ method: 'GET', path: '' }, signal);
  } catch (error) {
    // Nothing is read from this board, so whatever it answers shows that it is there.
    const ok = error instanceof HttpError && error.status !== undefined && error.kind !== 'unauthorised';
    return toReport([{ what: 'reach the board', ok, detail: messageOf(error) }]);
  }
  return toReport([{ what: 'reach the board', ok: true, detail: 'it answers' }]);
}
