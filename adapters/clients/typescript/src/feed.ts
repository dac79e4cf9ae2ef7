import type { Door } from './door.ts';
import type { components } from './door-types.ts';
import { HubProblem } from './hub-error.ts';

type Schemas = components['schemas'];
/** One event that the agency's copy lacks, with the complaint as it is now. */
export type Change = Schemas['AgencyChange'];

/** What a handler may say of a change that it took. */
export interface Taken {
  /** The agency's own id of the complaint. */
  externalId?: string;
  /** Why the agency cannot take this change: a person of the hub looks into it. */
  refused?: string;
}

export interface FollowOptions {
  /** Seconds for which the hub holds a call while there is nothing. 25 by default, 30 at the most. */
  wait?: number;
  /** Changes of one page. 100 by default, 500 at the most. */
  limit?: number;
  /** End as soon as there is nothing more, in place of waiting: for programs that are started every minute. */
  untilEmpty?: boolean;
  /** Ends it before the next change. */
  signal?: AbortSignal;
}

/** A door whose calls the hub may hold for so many milliseconds. */
export type OpenDoor = (held: number) => Door;

/** A change on its way; what the handler made of it is noted before the next one. */
interface Step {
  change: Change;
  taken: Taken;
}

/**
 * The feed from the first change that is not acknowledged. A change counts as handled when the next one is asked for.
 * What was handled is acknowledged at the end of its page, or when it is left: so nothing is lost when the caller throws.
 */
export async function* followFeed(openDoor: OpenDoor, options: FollowOptions): AsyncGenerator<Step, void> {
  const { signal, untilEmpty = false } = options;
  // Without any wait, an empty feed would be asked for without end.
  const wait = untilEmpty ? 0 : Math.max(1, options.wait ?? 25);
  const door = openDoor(wait * 1000);
  let after: string | undefined;
  while (!signal?.aborted) {
    const page = await fetchPage(door, { ...options, wait }, after);
    if (!page || (untilEmpty && page.changes.length === 0)) return;
    const handled: Handled[] = [];
    try {
      for (const change of page.changes) {
        if (signal?.aborted) return;
        const step: Step = { change, taken: {} };
        yield step;
        const { externalId, refused } = step.taken;
        handled.push({
          receiptNumber: change.receiptNumber,
          seq: change.event.seq,
          ...(externalId !== undefined && { externalId }),
          ...(refused !== undefined && { refused }),
        });
      }
    } finally {
      if (handled.length > 0) await acknowledge(door, handled);
    }
    after = page.cursor;
  }
}

type Handled = NonNullable<Schemas['Acknowledgement']['changes']>[number];

async function acknowledge(door: Door, changes: Handled[]): Promise<void> {
  await door.POST('/api/v1/changes/acknowledgements', { body: { changes } });
}

/** Undefined: the caller wants no more. */
async function fetchPage(
  door: Door,
  options: FollowOptions & { wait: number },
  after: string | undefined,
): Promise<Schemas['Changes'] | undefined> {
  const { limit = 100, wait, signal } = options;
  try {
    const { data } = await door.GET('/api/v1/changes', {
      params: { query: { limit, wait, ...(after !== undefined && { after }) } },
      ...(signal && { signal }),
    });
    return data;
  } catch (error) {
    if (signal?.aborted) return undefined;
    // The hub was restored from an older copy: the feed begins again at what is not acknowledged.
    const isForgotten = error instanceof HubProblem && error.code === 'unknown-cursor';
    if (isForgotten && after !== undefined) return fetchPage(door, options, undefined);
    throw error;
  }
}
