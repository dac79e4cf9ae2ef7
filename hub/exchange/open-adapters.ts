import type { BoardAdapter, Outcome } from '../../adapters/contract.ts';

/** Adapters that stay open: each holds expressions and connections, and an agency is worked with now and then. */
export interface OpenAdapters {
  /**
   * An adapter that is made at once and again whenever it is needed after it was closed for others. It may be kept: it
   * is light. Throws what `make` throws.
   */
  lend(make: () => BoardAdapter): BoardAdapter;
  close(): Promise<void>;
}

interface Place {
  make(): BoardAdapter;
  /** Calls under way; while there are any, it stays open. */
  calls: number;
  /** Closed for good: who still has it and calls opens it for that call alone. */
  over: boolean;
}

/** `most`: how many stay open while nobody calls them; the least recently used are closed for others. */
export function createOpenAdapters(most: number): OpenAdapters {
  /** The longest unused first. */
  const open = new Map<Place, BoardAdapter>();

  function take(place: Place): BoardAdapter {
    const adapter = open.get(place) ?? place.make();
    open.delete(place);
    open.set(place, adapter);
    place.calls += 1;
    return adapter;
  }

  function giveBack(place: Place): void {
    place.calls -= 1;
    if (place.over && place.calls === 0) void shut(place);
    for (const idle of open.keys()) {
      if (open.size <= most) return;
      if (idle.calls === 0) void shut(idle);
    }
  }

  async function shut(place: Place): Promise<void> {
    const adapter = open.get(place);
    open.delete(place);
    await adapter?.close();
  }

  return {
    lend(make) {
      const place: Place = { make, calls: 0, over: false };
      const members = toMembers(take(place));
      giveBack(place);
      const hold = { take: () => take(place), giveBack: () => giveBack(place) };
      const close = () => {
        place.over = true;
        return shut(place);
      };
      return { ...toLight(members, hold), close };
    },
    async close() {
      await Promise.all([...open.keys()].map(shut));
    },
  };
}

/** How a light adapter reaches the open one: `giveBack` for each `take`. */
interface Hold {
  take(): BoardAdapter;
  giveBack(): void;
}

/** What is answered by a promise, and what is answered bit by bit. */
const calls = ['normalise', 'pull', 'find', 'read', 'findAttachment', 'shape', 'check'] as const;
const pushes = ['push', 'pushAttachment'] as const;
const streams = ['changes', 'fingerprints'] as const;

type Method = (...given: never[]) => unknown;
type Name = keyof BoardAdapter;

/** What is known of an adapter after it was closed: nothing of it may be held. */
interface Members extends Pick<BoardAdapter, 'carries' | 'repeatsAreHarmless'> {
  names: ReadonlySet<Name>;
}

function toMembers(adapter: BoardAdapter): Members {
  const { carries, repeatsAreHarmless } = adapter;
  const all: Name[] = [...calls, ...pushes, ...streams, 'usesOf', 'fetchAttachment'];
  return {
    carries,
    ...(repeatsAreHarmless && { repeatsAreHarmless }),
    names: new Set(all.filter((name) => adapter[name] !== undefined)),
  };
}

/** The same members, each of which opens what it needs for as long as it needs it. */
function toLight({ names, ...rest }: Members, hold: Hold): Omit<BoardAdapter, 'close'> {
  const pick = (some: readonly Name[], to: (name: Name) => Method) =>
    Object.fromEntries(some.filter((name) => names.has(name)).map((name) => [name, to(name)]));
  const ask = (name: Name, given: never[]) => (adapter: BoardAdapter) =>
    (adapter[name] as Method).apply(adapter, given);
  const light: Partial<BoardAdapter> = {
    ...rest,
    ...pick(
      calls,
      (name) =>
        (...given) =>
          answer(hold, ask(name, given)),
    ),
    // A push never throws, not even where the adapter cannot be made again.
    ...pick(
      pushes,
      (name) =>
        (...given) =>
          answer(hold, ask(name, given)).catch(toRetry),
    ),
    ...pick(
      streams,
      (name) =>
        (...given) =>
          pass(hold, ask(name, given)),
    ),
    ...(names.has('usesOf') && { usesOf: (place) => listUses(hold, place) }),
    ...(names.has('fetchAttachment') && { fetchAttachment: (...given) => fetchFile(hold, ...given) }),
  };
  return light as Omit<BoardAdapter, 'close'>;
}

async function answer(hold: Hold, ask: (adapter: BoardAdapter) => unknown): Promise<unknown> {
  const adapter = hold.take();
  try {
    return await ask(adapter);
  } finally {
    hold.giveBack();
  }
}

async function* pass(hold: Hold, ask: (adapter: BoardAdapter) => unknown): AsyncGenerator<unknown> {
  const adapter = hold.take();
  try {
    yield* ask(adapter) as AsyncIterable<unknown>;
  } finally {
    hold.giveBack();
  }
}

function listUses(hold: Hold, place: string): string[] {
  const adapter = hold.take();
  try {
    return adapter.usesOf?.(place) ?? [];
  } finally {
    hold.giveBack();
  }
}

type FetchFile = NonNullable<BoardAdapter['fetchAttachment']>;

/** Held until the content was read, or nobody wants it any more. */
async function fetchFile(hold: Hold, ...[wanted, signal]: Parameters<FetchFile>): ReturnType<FetchFile> {
  const adapter = hold.take();
  const giveBack = once(() => hold.giveBack());
  signal.addEventListener('abort', giveBack);
  try {
    const { content } = await (adapter.fetchAttachment as FetchFile).call(adapter, wanted, signal);
    return { content: readHeld(content, giveBack) };
  } catch (error) {
    giveBack();
    throw error;
  }
}

async function* readHeld(
  content: AsyncIterable<Uint8Array>,
  giveBack: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } finally {
    giveBack();
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

const toRetry = (error: unknown): Outcome => ({
  kind: 'retry',
  reason: error instanceof Error ? error.message : String(error),
});
