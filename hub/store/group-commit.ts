import { setTimeout as pause, setImmediate } from 'node:timers/promises';

export interface GroupCommitOptions<Item> {
  /** Items that one write takes at the most. */
  most: number;
  /** Milliseconds to wait for company once calls come several at a time; a call that comes alone waits for nobody. */
  gather?: number;
  /** A second write begins beside the first when so many items wait; unset: one write at a time. */
  overlap?: number;
  /** Items with a key in common are never written together, and one after the other in the order of the calls. */
  keys?: (item: Item) => string[];
}

/**
 * Group commit: calls that arrive while a write is under way are written together by the next one. A durable
 * commit costs nearly the same for one row as for fifty, so throughput grows with load.
 *
 * `write` returns a result per item in the same order. When it throws, the items are tried one by one, so that one
 * bad item fails alone.
 */
export function createGroupCommit<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  options: GroupCommitOptions<Item>,
): (item: Item) => Promise<Result> {
  const { most, gather, overlap = Number.POSITIVE_INFINITY, keys } = options;
  type Entry = { item: Item; keys: string[]; resolve(result: Result): void; reject(error: unknown): void };
  let waiting: Entry[] = [];
  const underWay = new Set<string>();
  let writers = 0;
  let wasBusy = false;

  /** The first that may be written now; who waits for a key keeps those behind it with the same key waiting, too. */
  function take(): Entry[] {
    if (!keys) return waiting.splice(0, most);
    const named = new Set(underWay);
    const group: Entry[] = [];
    waiting = waiting.filter((entry) => {
      const isFree = group.length < most && !entry.keys.some((key) => named.has(key));
      for (const key of entry.keys) named.add(key);
      if (isFree) group.push(entry);
      return !isFree;
    });
    return group;
  }

  async function writeGroup(group: Entry[]): Promise<void> {
    try {
      const results = await write(group.map((entry) => entry.item));
      group.forEach((entry, index) => {
        entry.resolve(results[index] as Result);
      });
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const entry of group) await writeGroup([entry]);
    }
  }

  /** False when everything that waits is about something under way: who writes that will come back for it. */
  async function writeNext(): Promise<boolean> {
    const group = take();
    if (group.length === 0) return false;
    wasBusy = group.length > 1;
    const named = group.flatMap((entry) => entry.keys);
    for (const key of named) underWay.add(key);
    await writeGroup(group);
    for (const key of named) underWay.delete(key);
    return true;
  }

  async function drain(): Promise<void> {
    writers += 1;
    do {
      // At least one turn of the event loop: requests that were read from their sockets together are written together.
      await (wasBusy && gather ? pause(gather) : setImmediate());
    } while ((await writeNext()) && waiting.length > 0);
    writers -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, keys: keys?.(item) ?? [], resolve, reject });
      if (writers === 0 || (writers === 1 && waiting.length >= overlap)) void drain();
    });
}
