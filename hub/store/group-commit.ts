const least = 4;

/**
 * Group commit: calls that arrive while a write is under way are written together by the next one. Durable
 * commits cost the same for one row as for fifty, so throughput grows with load while an idle hub waits for
 * nobody.
 *
 * `write` gets at most `most` items and returns a result per item in the same order. When it throws, the items
 * are tried one by one, so that one bad item fails alone.
 */
export function createGroupCommit<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
  options: { most: number; writers?: number },
): (item: Item) => Promise<Result> {
  const waiting: { item: Item; resolve(result: Result): void; reject(error: unknown): void }[] = [];
  const writers = options.writers ?? 1;
  let writing = 0;

  // With several writers, what waits is shared out: while one commits, the next is at work.
  const shareOf = (count: number) =>
    Math.min(options.most, Math.max(least, Math.ceil(count / (writers - writing + 1))));

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
    writing += 1;
    // One turn of the event loop: requests that were read from their sockets together are written together.
    await new Promise(setImmediate);
    while (waiting.length > 0) await writeGroup(waiting.splice(0, shareOf(waiting.length)));
    writing -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (writing < writers) void drain();
    });
}
