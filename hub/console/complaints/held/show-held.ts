import type { User } from '../../../access/people/users.ts';
import { findHeld, type HeldEntry, listHeld } from '../../../complaints/held/list-held.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';

/** Fields that say who writes, and those of the form itself: the text is in the others. */
const besideText: ReadonlySet<string> = new Set(['department', 'officer', 'contact', 'files', 'key']);

/** What waits to go out for a complaint, and what of the person's own came back, as its page shows them. */
export async function toHeld(
  { store }: Pick<ConsoleDeps, 'store'>,
  user: User,
  { id, receiptNumber }: ComplaintFile,
) {
  const [held, entries] = await Promise.all([findHeld(store, id, user.id), listHeld(store, user)]);
  const returned = entries.filter((one) => one.state === 'returned' && one.receiptNumber === receiptNumber);
  return { held: held ? toShown(held) : null, returned: returned.map(toShown) };
}

/** All that a person sent and that has not gone out, with one row for what was sent to several at once. */
export async function toHeldWork({ store }: Pick<ConsoleDeps, 'store'>, user: User) {
  const entries = (await listHeld(store, user)).map(toShown);
  const sending = new Map<string, (typeof entries)[number]>();
  for (const one of entries) {
    if (one.state !== 'held') continue;
    const known = sending.get(one.undoId);
    sending.set(one.undoId, known ? { ...known, count: known.count + 1 } : one);
  }
  return { sending: [...sending.values()], returned: entries.filter(({ state }) => state === 'returned') };
}

const toShown = (entry: HeldEntry) => ({
  ...entry,
  /** What is taken back together. */
  undoId: entry.runId ?? entry.id,
  count: 1,
  by: entry.name ?? entry.login,
  text: Object.entries(entry.fields)
    .flatMap(([name, value]) => (besideText.has(name) || value === '' ? [] : value))
    .join('\n'),
  fileNames: entry.files.map(({ name }) => name),
});
