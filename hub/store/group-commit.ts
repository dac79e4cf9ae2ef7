import { setTimeout as pause, setImmediate } from 'node:timers/promises';

/**
 * Group commit: calls that arrive while a write is under way are written together by the next one. A durable
 * commit costs nearly the same for one row as for fifty, so throughput grows with load.
 *
 * `gather`: milliseconds to wait for company once calls come several at a time; a call that comes alone waits for
 * nobody. `write` gets at most `most` items and returns a result per item in the same order. When it throws, the
 * items are tried one by one, so that one bad item fails alone.
 */
export function createGroupCommit<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  options: { most: number; gather?: number },
): (item: Item) => Promise<Result> {
  const waiting: { item: Item; resolve(result: Result): void; reject(error: unknown): void }[] = [];
  let writing = false;
  let wasBusy = false;

  async function writeGroup(group: typeof waiting): Promise<void> {
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

  async function drain(): Promise<void> {
    writing = true;
    do {
      // At least one turn of the event loop: requests that were read from their sockets together are written together.
      await (wasBusy && options.gather ? pause(options.gather) : setImmediate());
      const group = waiting.splice(0, options.most);
      wasBusy = group.length > 1;
      await writeGroup(group);
    } while (waiting.length > 0);
    writing = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!writing) void drain();
    });
}
