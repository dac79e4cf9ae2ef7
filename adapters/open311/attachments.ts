import type { BoardAdapter, BoardRef, GivenAttachment, Outcome } from '../contract.ts';
import { createMappedFiles, urlOf } from '../kit/mapped/mapped-files.ts';
import { toOutcome } from '../kit/outcome/call-error.ts';
import { toRef } from '../kit/reading/board-ref.ts';
import type { Open311Parts } from './lists.ts';
import { toFileForm } from './update-form.ts';
import { type Call, doneUpdate, findMarked } from './write.ts';

/** The file methods. They read `media_url`. An update carries a file if the board accepts one. */
export function createOpen311Files(
  parts: Open311Parts,
): Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'> {
  const { client, settings } = parts;
  const field = settings.readOnly ? undefined : settings.updates?.fileField;
  return {
    ...createMappedFiles({ open: (wanted, signal) => client.stream(urlOf(wanted), signal) }),
    ...(field && {
      pushAttachment: (given, call) => pushFile(parts, field, given, call),
      findAttachment: (given, call) => findFile(parts, given, call),
    }),
  };
}

async function pushFile(
  parts: Open311Parts,
  field: string,
  { content, ...given }: GivenAttachment,
  { key, signal }: Call,
): Promise<Outcome> {
  const fields = toFileForm(parts, given, key);
  const file = { ...given.attachment, field, content };
  try {
    const entry = await parts.client.post('servicerequestupdates', { fields, file }, signal);
    return doneUpdate(given.ref.externalId, entry);
  } catch (error) {
    return toOutcome(error);
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
