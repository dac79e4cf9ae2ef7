import type { BoardAdapter, Outcome } from '../../../adapters/contract.ts';
import { reasonOf } from '../../../schemas/reason.ts';

/**
 * A cache of open adapters. Each holds expressions and connections, but an agency needs its adapter only now and
 * then.
 */
export interface OpenAdapters {
  /**
   * Returns a light adapter that may be kept. It opens its real adapter at once, and again whenever it is needed
   * after it was closed to make room. Throws what `make` throws.
   */
  lend(make: () => BoardAdapter): BoardAdapter;
  close(): Promise<void>;
}

interface Place {
  make(): BoardAdapter;
  /** Calls under way. The adapter stays open while there are any. */
  calls: number;
  /** Closed for good. A caller that still has it opens it for each call alone. */
  over: boolean;
}

/** `most`: how many stay open while nobody calls them. The least recently used ones are closed to make room. */
export function createOpenAdapters(most: number): OpenAdapters {
  /** The least recently used comes first. */
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

/** How a light adapter borrows the open one. Each `take` needs a `giveBack`. */
interface Hold {
  take(): BoardAdapter;
  giveBack(): void;
}

type Traits = Pick<BoardAdapter, 'carries' | 'saysSteps' | 'repeatsAreHarmless' | 'findIsFinal'>;
type Name = Exclude<keyof BoardAdapter, 'close' | keyof Traits>;
type Method = (...given: never[]) => unknown;

/**
 * How each method answers. Every method of the contract stands here: a missing one would be missing in the light
 * adapter too.
 */
const ways = {
  normalise: 'call',
  pull: 'call',
  find: 'call',
  read: 'call',
  findAttachment: 'call',
  shape: 'call',
  draft: 'call',
  take: 'call',
  answerDelivery: 'call',
  check: 'call',
  push: 'push',
  ping: 'push',
  pushAttachment: 'push',
  changes: 'stream',
  fingerprints: 'stream',
  usesOf: 'plain',
  checkDraft: 'plain',
  amend: 'plain',
  fetchAttachment: 'file',
} as const satisfies Record<Name, 'call' | 'push' | 'stream' | 'plain' | 'file'>;

/** What a light adapter remembers after its real one was closed. It must hold no part of the real one. */
interface Members extends Traits {
  names: Name[];
}

function toMembers(adapter: BoardAdapter): Members {
  const { carries, saysSteps, repeatsAreHarmless, findIsFinal } = adapter;
  return {
    carries,
    ...(saysSteps && { saysSteps }),
    ...(repeatsAreHarmless && { repeatsAreHarmless }),
    ...(findIsFinal && { findIsFinal }),
    names: (Object.keys(ways) as Name[]).filter((name) => adapter[name] !== undefined),
  };
}

/** The same members. Each opens what it needs, for as long as it needs it. */
function toLight({ names, ...rest }: Members, hold: Hold): Omit<BoardAdapter, 'close'> {
  const methods = names.map((name): [Name, Method] => [name, toMethod(name, hold)]);
  return { ...rest, ...Object.fromEntries(methods) } as Omit<BoardAdapter, 'close'>;
}

function toMethod(name: Name, hold: Hold): Method {
  const ask = (given: never[]) => (adapter: BoardAdapter) => (adapter[name] as Method).apply(adapter, given);
  switch (ways[name]) {
    case 'call':
      return (...given) => answer(hold, ask(given));
    case 'push':
      // A push never throws, even if the adapter cannot be made again.
      return (...given) => answer(hold, ask(given)).catch(toRetry);
    case 'stream':
      return (...given) => pass(hold, ask(given));
    case 'plain':
      return (...given) => say(hold, ask(given));
    case 'file':
      return (...given: Parameters<FetchFile>) => fetchFile(hold, ...given);
  }
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

function say(hold: Hold, ask: (adapter: BoardAdapter) => unknown): unknown {
  const adapter = hold.take();
  try {
    return ask(adapter);
  } finally {
    hold.giveBack();
  }
}

type FetchFile = NonNullable<BoardAdapter['fetchAttachment']>;

/** Keeps the adapter open until the content was read, or nobody wants it any more. */
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
  reason: reasonOf(error),
});
