/** The work of a lane. */
export interface LaneWork<Item extends { id: string }> {
  /** The largest number of items at work at once. The lane asks before each item. */
  concurrency(): number;
  /** The most items that `find` returns. A full page means that there may be more. */
  pageSize: number;
  /** Finds items that are due, oldest first, except those at work. */
  find(underWay: string[]): Promise<Item[]>;
  /** Never rejects because of one item. A rejection ends the drain. */
  work(item: Item): Promise<void>;
  /** True while the lane must begin nothing new. */
  paused(): boolean;
}

export interface Lane {
  /** Says that something new may be due. The lane looks at once and does not wait for the items at work. */
  nudge(): void;
  /**
   * Resolves when nothing is due and nothing is at work. After a failure it waits for the items at work, then rejects
   * with the first failure.
   */
  drain(signal: AbortSignal): Promise<void>;
}

/**
 * A worker pool that runs until nothing is due. A slow item blocks only its own place. The lane looks for new items at
 * a nudge, and once more when all work is done.
 */
export function createLane<Item extends { id: string }>(work: LaneWork<Item>): Lane {
  let changed = Promise.withResolvers<void>();
  let nudged = false;
  const wake = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };

  async function drain(signal: AbortSignal): Promise<void> {
    const underWay = new Map<string, Promise<void>>();
    const failures: unknown[] = [];
    const halted = () => signal.aborted || failures.length > 0 || work.paused();

    function begin(item: Item): void {
      const ended = work
        .work(item)
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => {
          underWay.delete(item.id);
          wake();
        });
      underWay.set(item.id, ended);
    }

    async function beginAll(page: Item[]): Promise<void> {
      for (const item of page) {
        while (underWay.size >= work.concurrency()) await changed.promise;
        if (halted()) return;
        begin(item);
      }
    }

    while (!halted()) {
      nudged = false;
      const page = await work.find([...underWay.keys()]);
      if (page.length === 0 && underWay.size === 0) break;
      await beginAll(page);
      if (page.length >= work.pageSize) continue;
      while (!nudged && !halted() && underWay.size > 0) await changed.promise;
    }
    await Promise.all(underWay.values());
    if (failures.length > 0) throw failures[0];
  }

  return {
    drain,
    nudge() {
      nudged = true;
      wake();
    },
  };
}
