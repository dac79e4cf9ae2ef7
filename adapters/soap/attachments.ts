import { randomUUID } from 'node:crypto';
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
import { readContent } from '../kit/read-content.ts';
import type { SoapClient } from './client.ts';
import type { SoapSettings } from './config.ts';
import { type SoapMappings, toWritable } from './mapping.ts';

/** What the methods share; it lives as long as the adapter. */
export interface SoapParts {
  settings: SoapSettings;
  mappings: SoapMappings;
  client: SoapClient;
}

interface Call {
  key: string;
  signal: AbortSignal;
}

/** The methods for files, as far as the settings describe them. */
export function createSoapFiles(
  parts: SoapParts,
): Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'> {
  const { fetch, push, find } = parts.settings.attachments ?? {};
  return {
    ...(fetch && { fetchAttachment: (wanted, signal) => fetchFile(parts, wanted, signal) }),
    ...(push && { pushAttachment: (given, call) => pushFile(parts, given, call) }),
    ...(find && { findAttachment: (given, call) => findFile(parts, given, call) }),
  };
}

async function fetchFile(
  { client }: SoapParts,
  { reference: { url } }: WantedAttachment,
  signal: AbortSignal,
): Promise<FetchedAttachment> {
  if (url === undefined)
    throw new BoardError('malformed', 'the post names the file without an address (url)');
  try {
    return readContent(await client.stream(url, signal));
  } catch (error) {
    throw toBoardError(error);
  }
}

async function pushFile(
  { settings, mappings, client }: SoapParts,
  { content, ...given }: GivenAttachment,
  { key, signal }: Call,
): Promise<Outcome> {
  const { push } = mappings.attachments;
  if (!push) return { kind: 'refused', reason: 'this board takes no files' };
  const token = `content-${randomUUID()}`;
  let request: unknown;
  try {
    request = await push.request.evaluate({ ...toFileInput(given, key), content: token });
  } catch (error) {
    return { kind: 'refused', reason: `attachments.push: ${messageOf(error)}` };
  }
  const writable = toWritable(request, settings.charset ?? 'utf-8');
  if (writable.problems.length > 0) {
    const reason = writable.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
    return { kind: 'refused', reason, fields: writable.problems };
  }
  try {
    const { size } = given.attachment;
    const reply = await client.call(push.operation, writable.request, signal, { token, size, content });
    const partId = toId(await push.partId?.evaluate(reply));
    if (push.partId && partId === undefined)
      return { kind: 'unknown', reason: 'the reply does not name the file' };
    return { kind: 'done', ref: { externalId: given.ref.externalId, ...(partId && { partId }) } };
  } catch (error) {
    return error instanceof HttpError ? toOutcome(error) : { kind: 'unknown', reason: messageOf(error) };
  }
}

async function findFile(
  { mappings, client }: SoapParts,
  given: Omit<GivenAttachment, 'content'>,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  const { find } = mappings.attachments;
  if (!find) throw new BoardError('malformed', 'this board cannot be asked for files');
  const input = toFileInput(given, key);
  try {
    const reply = await client.call(find.operation, (await find.request.evaluate(input)) ?? {}, signal);
    const found = (await find.ref.evaluate({ reply, ...input })) as Partial<BoardRef> | undefined;
    return toRef(found?.externalId, found?.partId);
  } catch (error) {
    throw toBoardError(error);
  }
}
