import type { Logger } from 'pino';
import { toNeighbourhood } from '../../../schemas/networks.ts';
import { mustBeThere, Refusal } from '../../http/problem.ts';
import type { RequestLifetime } from '../../http/request-lifetime.ts';

/**
 * Limits for callers while it is not known who they are. Only such calls are limited, by address. A caller with a valid
 * key in a header is let in from everywhere. So nobody can lock an agency out by guessing from its address. The counts
 * are in memory: each process has its own, and a restart forgets them.
 */
export interface Strangers {
  /**
   * Counts a caller whose credentials were refused. Returns what to tell it: this refusal, or, after too many, to wait.
   */
  turnAway(address: string, refusal: Refusal): Refusal;
  /**
   * Takes a place for a large body whose sender is named only inside. Errors: Refusal `too-many-requests`,
   * `unavailable`.
   */
  takePlace(address: string, lifetime: RequestLifetime): void;
}

/** Refused calls of one address in a minute, before it is told to wait. A busy agency's wrong key is noticed sooner. */
const failuresPerMinute = 60;
/** The most large bodies under way at once: in this process, and of one address. */
const places = { all: 16, address: 4 };
/** The most addresses that are remembered: about ten megabytes. */
const mostAddresses = 50_000;
const window = 60_000;

interface Visitor {
  failures: number;
  windowEnds: number;
  places: number;
}

/** Logs the first refusal of an address in a minute, and the beginning of its limit: not each, since anybody may send them. */
export function createStrangers(log: Logger, now: () => number = () => performance.now()): Strangers {
  // In the order in which their windows end.
  const visitors = new Map<string, Visitor>();
  let taken = 0;

  function find(address: string): Visitor {
    const name = toNeighbourhood(address);
    const visitor = visitors.get(name) ?? { failures: 0, windowEnds: 0, places: 0 };
    if (visitor.windowEnds > now()) return visitor;
    visitors.delete(name);
    makeRoom();
    visitors.set(name, Object.assign(visitor, { failures: 0, windowEnds: now() + window }));
    return visitor;
  }

  function makeRoom(): void {
    for (const [name, { windowEnds, places }] of visitors) {
      if (windowEnds > now() && visitors.size < mostAddresses) return;
      if (places === 0) visitors.delete(name);
    }
  }

  function wait({ windowEnds }: Visitor, detail: string): Refusal {
    return new Refusal('too-many-requests', detail, [], Math.ceil((windowEnds - now()) / 1000));
  }

  return {
    turnAway(address, refusal) {
      if (refusal.code !== 'unauthenticated') return refusal;
      const visitor = find(address);
      visitor.failures += 1;
      const seen = { from: address };
      if (visitor.failures === 1) log.info(seen, 'a caller without valid credentials was refused');
      if (visitor.failures === failuresPerMinute + 1)
        log.warn(seen, 'too many calls without valid credentials');
      return visitor.failures > failuresPerMinute ? wait(visitor, tooManyFailures) : refusal;
    },
    takePlace(address, lifetime) {
      mustBeThere(lifetime);
      const visitor = find(address);
      if (visitor.failures > failuresPerMinute) throw wait(visitor, tooManyFailures);
      if (taken >= places.all || visitor.places >= places.address)
        throw new Refusal('too-many-requests', tooManyBodies, [], 1);
      taken += 1;
      visitor.places += 1;
      lifetime.atEnd(() => {
        taken -= 1;
        visitor.places -= 1;
      });
    },
  };
}

const tooManyFailures = `more than ${failuresPerMinute} requests from this address had no valid credentials in this minute`;
const tooManyBodies =
  "too many large requests without a key in HTTP's Authorization are under way; send it there too, or try again";
