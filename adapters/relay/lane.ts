/** What a lane works through. */
export interface LaneWork<Item extends { id: string }> {
  /** How many items may be under way at once, asked before each. */
  concurrency(): number;
  /** What `find` returns at the most: a full page means that there may be more. */
  pageSize: number;
  /** Items that are due, oldest first, without those that are under way. */
  find(underWay: string[]): Promise<Item[]>;
  /** Never rejects for one item's sake: a rejection ends the drain. */
  work(item: Item): Promise<void>;
  /** True while nothing should be begun. */
  paused(): boolean;
}

export interface Lane {
  /** Something new may be due: look before the work under way has ended. */
  nudge(): void;
  /** Resolves when nothing is due and nothing under way; rejects with the first failure after the rest has ended. */
  drain(signal: AbortSignal): Promise<void>;
}

/**
 * Keeps items under way until none is due. A slow item holds up its own place only: new items are looked for when
 * a nudge says that there may be some, and once more when all is done.
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
