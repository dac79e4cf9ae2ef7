import {
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type FetchedAttachment,
  type GivenAttachment,
  type Outcome,
  type WantedAttachment,
} from '../contract.ts';
import { toFileInput, toId, toRef } from '../kit/board-ref.ts';
import { messageOf } from '../kit/check-reading.ts';
import { HttpError, toBoardError, toOutcome } from '../kit/http-errors.ts';
import { toMultipart } from '../kit/multipart.ts';
import { readContent } from '../kit/read-content.ts';
import type { RestClient } from './client.ts';
import type { RestSettings } from './config.ts';
import { fillPath, type RestMappings, toQuery } from './mapping.ts';

/** What the methods share; it lives as long as the adapter and changes nothing. */
export interface RestParts {
  settings: RestSettings;
  mappings: RestMappings;
  client: RestClient;
}

interface Call {
  key: string;
  signal: AbortSignal;
}

/** The methods for files, as far as the settings describe them. */
export function createRestFiles(
  parts: RestParts,
): Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'> {
  const { fetch, push, find } = parts.settings.attachments ?? {};
  return {
    ...(fetch && { fetchAttachment: (wanted, signal) => fetchFile(parts, wanted, signal) }),
    ...(push && { pushAttachment: (given, call) => pushFile(parts, given, call) }),
    ...(find && { findAttachment: (given, call) => findFile(parts, given, call) }),
  };
}

async function fetchFile(
  { settings, client }: RestParts,
  { reference, ref }: WantedAttachment,
  signal: AbortSignal,
): Promise<FetchedAttachment> {
  const { path } = settings.attachments?.fetch ?? {};
  const { id: fileId, url } = reference;
  if (path === undefined && url === undefined)
    throw new BoardError('malformed', 'the post names the file without an address (url)');
  try {
    const place =
      path === undefined ? { path: '', ...(url && { url }) } : { path: fillPath(path, { ...ref, fileId }) };
    return readContent(await client.stream({ method: 'GET', ...place }, signal));
  } catch (error) {
    throw toBoardError(error);
  }
}

async function pushFile(
  { settings, mappings, client }: RestParts,
  { content, ...given }: GivenAttachment,
  { key, signal }: Call,
): Promise<Outcome> {
  const push = settings.attachments?.push;
  if (!push) return { kind: 'refused', reason: 'this board takes no files' };
  const input = toFileInput(given, key);
  let path: string;
  let fields: Record<string, string>;
  try {
    path = fillPath(push.path, input);
    fields = toQuery(await mappings.attachments.fields?.evaluate(input));
  } catch (error) {
    return { kind: 'refused', reason: `attachments.push: ${messageOf(error)}` };
  }
  try {
    const { headers, body } = toMultipart(fields, { ...given.attachment, field: push.field, content });
    const keyed = settings.keyHeader ? { ...headers, [settings.keyHeader]: key } : headers;
    const reply = await client.call({ method: push.method, path, headers: keyed, body }, signal);
    const partId = toId(await mappings.attachments.partId?.evaluate(reply));
    if (mappings.attachments.partId && partId === undefined)
      return { kind: 'unknown', reason: 'the reply does not name the file' };
    return { kind: 'done', ref: { externalId: given.ref.externalId, ...(partId && { partId }) } };
  } catch (error) {
    return error instanceof HttpError ? toOutcome(error) : { kind: 'unknown', reason: messageOf(error) };
  }
}

async function findFile(
  { settings, mappings, client }: RestParts,
  given: Omit<GivenAttachment, 'content'>,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  const input = toFileInput(given, key);
  const { find } = mappings.attachments;
  try {
    const path = fillPath(settings.attachments?.find?.path ?? '', input);
    const query = toQuery(await find?.query?.evaluate(input));
    const reply = await client.call({ method: 'GET', path, query }, signal);
    const found = (await find?.ref.evaluate({ reply, ...input })) as Partial<BoardRef> | undefined;
    return toRef(found?.externalId, found?.partId);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw toBoardError(error);
  }
}
