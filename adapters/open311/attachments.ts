import {
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type FetchedAttachment,
  type GivenAttachment,
  type Outcome,
  type WantedAttachment,
} from '../contract.ts';
import { toRef } from '../kit/board-ref.ts';
import { toBoardError } from '../kit/http-errors.ts';
import { readContent } from '../kit/read-content.ts';
import type { Open311Parts } from './lists.ts';
import { toFileForm } from './update-form.ts';
import { type Call, doneUpdate, findMarked, toPushOutcome } from './write.ts';

/** The methods for files: `media_url` is read, and an update carries a file where the board takes one. */
export function createOpen311Files(
  parts: Open311Parts,
): Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'> {
  const field = parts.settings.readOnly ? undefined : parts.settings.updates?.fileField;
  return {
    fetchAttachment: (wanted, signal) => fetchFile(parts, wanted, signal),
    ...(field && {
      pushAttachment: (given, call) => pushFile(parts, field, given, call),
      findAttachment: (given, call) => findFile(parts, given, call),
    }),
  };
}

async function fetchFile(
  { client }: Open311Parts,
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
  parts: Open311Parts,
  field: string,
  { content, ...given }: GivenAttachment,
  { key, signal }: Call,
): Promise<Outcome> {
  try {
    const form = { fields: toFileForm(parts, given, key), file: { ...given.attachment, field, content } };
    return doneUpdate(given.ref.externalId, await parts.client.post('servicerequestupdates', form, signal));
  } catch (error) {
    return toPushOutcome(error);
  }
}

async function findFile(
  parts: Open311Parts,
  { event, ref }: Omit<GivenAttachment, 'content'>,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  const entry = await findMarked(parts, { at: event.at, key, isNew: false }, signal);
  return entry && toRef(ref.externalId, entry.update_id);
}
