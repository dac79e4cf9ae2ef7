import { setTimeout as pause, setImmediate } from 'node:timers/promises';

export interface GroupCommitOptions<Item> {
  /** The most items in one write. */
  most: number;
  /** Milliseconds to wait for more calls, if calls come several at a time. A call that comes alone does not wait. */
  gather?: number;
  /** A second write begins beside the first when so many items wait. Unset: one write at a time. */
  overlap?: number;
  /**
   * Items with a common key are never written together. They are written one after another, in the order of the calls.
   */
  keys?: (item: Item) => string[];
}

/**
 * Group commit: calls that arrive during a write are written together by the next one. A durable commit costs nearly
 * the same for one row as for fifty, so throughput grows with load.
 *
 * `write` returns a result per item in the same order. If it throws, the items are tried one by one, so that one bad
 * item fails alone.
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

  /**
   * The first items that may be written now. An item that waits for a key also holds back later items with the same
   * key.
   */
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

  /** False: every waiting item shares a key with a write under way. That write takes them afterwards. */
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
      // Waits at least one turn of the event loop, so that requests read from their sockets together are written
      // together.
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
