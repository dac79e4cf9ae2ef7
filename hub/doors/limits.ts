import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Store } from '../store/database.ts';
import { type AgencyLimits, leaseLimits, slotMilliseconds } from './lease-limits.ts';
import { Refusal } from './problem.ts';

/** One request that was counted. */
export interface Admission {
  /** RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-11). */
  headers: Record<string, string>;
  /** Counts more requests of the same call, as a batch makes them. Errors: Refusal `too-many-requests`. */
  spend(requests: number): Promise<void>;
  leave(): void;
}

export interface Limits {
  /** Errors: Refusal `too-many-requests`. */
  enter(agency: string, limits: AgencyLimits): Promise<Admission>;
  stop(): void;
}

/** What this process knows and holds of one agency's limits. */
interface Purse {
  limits: AgencyLimits;
  /** Requests that may still be let in here, in this window. */
  requests: number;
  /** Requests of the window that nobody had leased when we last asked. */
  left: number;
  windowEnds: number;
  slots: number;
  slotsEnd: number;
  /** Other processes have the rest: before this time it makes no sense to ask for more slots. */
  askSlotsAt: number;
  inUse: number;
  /** Requests that wait for a slot. */
  wanting: number;
  leasing: Promise<void> | undefined;
}

/** How many portions a limit is leased in. Small: few queries; large: little is left unused with a process. */
const portions = 20;
const renewEvery = 3_000;
const patience = 200;

/**
 * The limits of each agency over all processes. Each process leases portions from the database and counts by
 * itself, so that a request costs no query; the next portion is fetched before the last is used up.
 */
export function createLimits(store: Store, log: Logger): Limits {
  const process = randomUUID();
  const purses = new Map<string, Purse>();

  /** One lease at a time per agency; whoever needs one meanwhile waits for the same. */
  function lease(agency: string, purse: Purse, atLeast = 1): Promise<void> {
    purse.leasing ??= takePortion(agency, purse, atLeast).finally(() => {
      purse.leasing = undefined;
    });
    return purse.leasing;
  }

  async function takePortion(agency: string, purse: Purse, atLeast: number): Promise<void> {
    const { limits } = purse;
    const isOver = purse.windowEnds <= Date.now();
    const portion = Math.ceil(limits.requestsPerMinute / portions);
    const requests =
      isOver || purse.requests < Math.max(atLeast, portion / 2) ? Math.max(portion, atLeast) : 0;
    const slots = Math.min(
      purse.inUse + purse.wanting + Math.ceil(limits.concurrency / 8),
      limits.concurrency,
    );
    const got = await leaseLimits(store, agency, process, { requests, slots, limits });
    const now = Date.now();
    // A window that ended meanwhile took its rest with it.
    const isNew = now + got.windowEndsIn > purse.windowEnds + 1_000;
    purse.requests = (isNew ? 0 : purse.requests) + got.requests;
    purse.windowEnds = now + got.windowEndsIn;
    purse.left = got.left;
    purse.slots = got.slots;
    purse.slotsEnd = now + slotMilliseconds;
    purse.askSlotsAt = got.slots < slots || slots === limits.concurrency ? now + patience : now;
  }

  const leaseQuietly = (agency: string, purse: Purse) => {
    if (!purse.leasing)
      lease(agency, purse).catch((err) => log.warn({ err, agency }, 'limits cannot be leased'));
  };

  async function spend(agency: string, purse: Purse, requests: number): Promise<void> {
    if (!hasRequests(purse, requests)) await lease(agency, purse, requests);
    // What somebody else's lease brought may have gone to those before us.
    if (!hasRequests(purse, requests) && purse.left > 0) await lease(agency, purse, requests);
    if (!hasRequests(purse, requests)) throw tooMany(purse);
    purse.requests -= requests;
  }

  async function takeSlot(agency: string, purse: Purse): Promise<void> {
    purse.wanting += 1;
    try {
      // What a lease brought may have gone to those who waited longer.
      while (lacksSlots(purse)) await lease(agency, purse);
    } finally {
      purse.wanting -= 1;
    }
    if (purse.inUse >= purse.slots) throw tooManyAtOnce(purse);
    purse.inUse += 1;
  }

  async function enter(agency: string, limits: AgencyLimits): Promise<Admission> {
    const mine = purses.get(agency) ?? emptyPurse(limits);
    purses.set(agency, mine);
    mine.limits = limits;
    await takeSlot(agency, mine);
    let isIn = true;
    const leave = () => {
      if (isIn) mine.inUse -= 1;
      isIn = false;
    };
    try {
      await spend(agency, mine, 1);
    } catch (error) {
      leave();
      throw error;
    }
    if (mine.left > 0 && mine.requests < limits.requestsPerMinute / portions / 2) leaseQuietly(agency, mine);
    return { headers: toHeaders(mine), spend: (requests) => spend(agency, mine, requests), leave };
  }

  /** Those who wait long (long polls, uploads) keep their slots; agencies that are gone are forgotten. */
  const renewal = setInterval(() => {
    const soon = Date.now() + 2 * renewEvery;
    for (const [agency, purse] of purses) {
      if (purse.inUse > 0 && purse.slotsEnd < soon) leaseQuietly(agency, purse);
      else if (purse.inUse === 0 && purse.slotsEnd < Date.now() && purse.windowEnds < Date.now())
        purses.delete(agency);
    }
  }, renewEvery);
  renewal.unref();
  return { enter, stop: () => clearInterval(renewal) };
}

const emptyPurse = (limits: AgencyLimits): Purse => ({
  ...{ limits, requests: 0, left: 0, windowEnds: 0, slots: 0, slotsEnd: 0, askSlotsAt: 0 },
  ...{ inUse: 0, wanting: 0 },
  leasing: undefined,
});

/** Asking for more may help. */
function lacksSlots({ slots, slotsEnd, inUse, askSlotsAt }: Purse): boolean {
  const now = Date.now();
  return slotsEnd <= now || (inUse >= slots && askSlotsAt <= now);
}

function hasRequests(purse: Purse, requests: number): boolean {
  return purse.windowEnds > Date.now() && purse.requests >= requests;
}

const secondsLeft = ({ windowEnds }: Purse) => Math.max(1, Math.ceil((windowEnds - Date.now()) / 1000));

/** `r` is what this process knows to be free: its own portion and what nobody had leased when it last asked. */
function toHeaders(purse: Purse): Record<string, string> {
  return {
    'ratelimit-policy': `"minute";q=${purse.limits.requestsPerMinute};w=60`,
    ratelimit: `"minute";r=${purse.requests + purse.left};t=${secondsLeft(purse)}`,
  };
}

function tooMany(purse: Purse): Refusal {
  const { requestsPerMinute } = purse.limits;
  const detail = `${requestsPerMinute} requests a minute are open to this agency`;
  return new Refusal('too-many-requests', detail, [], secondsLeft(purse), toHeaders(purse));
}

function tooManyAtOnce(purse: Purse): Refusal {
  const { concurrency } = purse.limits;
  const detail = `${concurrency} requests at once are open to this agency: send the next when one was answered`;
  return new Refusal('too-many-requests', detail, [], 1, toHeaders(purse));
}
