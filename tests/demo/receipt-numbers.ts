import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

const pattern = /\d{2}-\d{4}-\d{4}-\d/g;

const findNumber = (text: string): string | undefined => text.match(pattern)?.[0];

export function toReceiptNumber(text: string): string {
  const receiptNumber = findNumber(text);
  if (!receiptNumber) throw new Error(`no receipt number in ${text.slice(0, 80)}`);
  return receiptNumber;
}

/**
 * The number that people quote, as soon as they can know it: from the mail to the officers, or where messages stay in the
 * hub, by looking for the complaint in the console.
 */
export async function numberOf(stage: Stage, mark: string): Promise<string> {
  const { observer, outside, watch } = stage;
  if (!outside.mailFile) return searchFor(stage, mark);
  const find = () =>
    observer.messagesOf(mark).find(({ fact }) => /^mail to .*: new complaint$/.test(fact))?.text;
  await watch.until(() => (find() === undefined ? [`the number of ${mark}`] : []));
  return toReceiptNumber(find() ?? '');
}

const searchEvery = 300;
const mostSearches = 100;

const searchFor = async (stage: Stage, mark: string): Promise<string> =>
  (await search(stage, `text=${encodeURIComponent(mark)}`, 1))[0] ?? '';

/** Looks in the console until it lists so many complaints. */
async function search({ desks }: Stage, query: string, count: number): Promise<string[]> {
  for (let times = 0; times < mostSearches; times++) {
    const found = new Set((await desks.administrator.read(`/?${query}`)).match(pattern));
    if (found.size >= count) return [...found];
    await pause(searchEvery);
  }
  throw new Error(`the console does not list ${count} of ${query}`);
}

/**
 * Waits until the hub knows that earlier identical complaints were answered. Mails tell it; where they stay in the hub, the
 * console does.
 */
export async function awaitAnswered(stage: Stage, { mark, before }: Story): Promise<void> {
  if (stage.outside.mailFile) return;
  let count = 1;
  for (let one = before; one; one = one.before) count += 1;
  await search(stage, `text=${encodeURIComponent(mark)}&status=answered`, count);
}
