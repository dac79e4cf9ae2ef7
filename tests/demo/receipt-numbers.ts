import type { Stage } from './stage.ts';

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
  const { observer, outside, desks, watch } = stage;
  if (!outside.mailFile) {
    await watch.until(() => (observer.factsOf(mark).size > 0 ? [] : [mark]));
    return toReceiptNumber(await desks.administrator.read(`/?text=${encodeURIComponent(mark)}`));
  }
  const find = () =>
    observer.messagesOf(mark).find(({ fact }) => /^mail to .*: new complaint$/.test(fact))?.text;
  await watch.until(() => (find() === undefined ? [`the number of ${mark}`] : []));
  return toReceiptNumber(find() ?? '');
}
