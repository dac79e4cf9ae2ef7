import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { Refusal } from '../../http/problem.ts';
import type { RequestLifetime } from '../../http/request-lifetime.ts';
import type { Store } from '../../store/database.ts';
import { type AgencyLimits, leaseLimits, slotMilliseconds } from './lease-limits.ts';

/** One request that was counted. */
export interface Admission {
  /** RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-11). */
  headers: Record<string, string>;
  /** Counts more requests for the same call, as a batch needs them. Errors: Refusal `too-many-requests`. */
  spend(requests: number): Promise<void>;
}

export interface Limits {
  /** Takes one request, and a slot until the caller has left. Errors: Refusal `too-many-requests`. */
  enter(agency: string, limits: AgencyLimits, lifetime: RequestLifetime): Promise<Admission>;
  stop(): void;
}

/** The part of one agency's limits that this process knows and holds. */
interface Purse {
  limits: AgencyLimits;
  /** Requests that may still be let in here, in this window. */
  requests: number;
  /** Requests of the window that nobody had leased when this process last asked. */
  left: number;
  /** The window's name, from the database, and its end by {@link now}. */
  window: string;
  windowEnds: number;
  slots: number;
  slotsEnd: number;
  /** Other processes have the rest. Before this time it is useless to ask for more slots. */
  askSlotsAt: number;
  inUse: number;
  /** What the requests need that wait for a lease. */
  wanting: { requests: number; slots: number };
  leasing: Promise<void> | undefined;
}

/**
 * A limit is leased in so many portions. A small number needs few queries; a large one leaves little unused in a
 * process.
 */
const portions = 20;
const renewEvery = 1_000;
const patience = 200;
/** Milliseconds that only go forward: a clock that is set back must not make a window last for an hour. */
const now = () => performance.now();

/**
 * The limits of each agency over all processes. Each process leases portions from the database and counts by itself, so
 * a request costs no query. The next portion is fetched before the last one is used up.
 */
export function createLimits(store: Store, log: Logger): Limits {
  const process = randomUUID();
  const purses = new Map<string, Purse>();

  /** One lease at a time per agency. A request that needs one meanwhile waits for the same lease. */
  function lease(agency: string, purse: Purse): Promise<void> {
    purse.leasing ??= takePortion(agency, purse).finally(() => {
      purse.leasing = undefined;
    });
    return purse.leasing;
  }

  async function takePortion(agency: string, purse: Purse): Promise<void> {
    const { limits } = purse;
    const isOver = purse.windowEnds <= now();
    const portion = Math.ceil(limits.requestsPerMinute / portions);
    const needed = Math.max(purse.wanting.requests, portion / 2);
    const requests = isOver || purse.requests < needed ? Math.max(portion, purse.wanting.requests) : 0;
    const spare = Math.ceil(limits.concurrency / 8);
    const slots = Math.min(purse.inUse + purse.wanting.slots + spare, limits.concurrency);
    const got = await leaseLimits(store, agency, process, { requests, slots, limits });
    const at = now();
    // A window that ended meanwhile took its rest with it. Names are compared: by time, a slow reply would look like a
    // new window.
    purse.requests = (got.window === purse.window ? purse.requests : 0) + got.requests;
    purse.window = got.window;
    purse.windowEnds = at + got.windowEndsIn;
    purse.left = got.left;
    purse.slots = got.slots;
    purse.slotsEnd = at + slotMilliseconds;
    purse.askSlotsAt = got.slots < slots || slots === limits.concurrency ? at + patience : at;
  }

  const leaseQuietly = (agency: string, purse: Purse) => {
    if (!purse.leasing)
      lease(agency, purse).catch((err) => log.warn({ err, agency }, 'limits cannot be leased'));
  };

  // Older requests may have used up what a lease brought, so this is a loop.
  async function spend(agency: string, purse: Purse, requests: number): Promise<void> {
    purse.wanting.requests += requests;
    try {
      while (lacksRequests(purse, requests) && mayGetRequests(purse)) await lease(agency, purse);
    } finally {
      purse.wanting.requests -= requests;
    }
    if (lacksRequests(purse, requests)) throw tooMany(purse);
    purse.requests -= requests;
  }

  async function takeSlot(agency: string, purse: Purse, lifetime: RequestLifetime): Promise<void> {
    purse.wanting.slots += 1;
    try {
      while (mayGetSlots(purse)) await lease(agency, purse);
    } finally {
      purse.wanting.slots -= 1;
    }
    if (purse.inUse >= purse.slots) throw tooManyAtOnce(purse);
    purse.inUse += 1;
    lifetime.atEnd(() => {
      purse.inUse -= 1;
    });
  }

  async function enter(agency: string, limits: AgencyLimits, lifetime: RequestLifetime): Promise<Admission> {
    const mine = purses.get(agency) ?? emptyPurse(limits);
    purses.set(agency, mine);
    mine.limits = limits;
    await takeSlot(agency, mine, lifetime);
    await spend(agency, mine, 1);
    if (mine.left > 0 && mine.requests < limits.requestsPerMinute / portions / 2) leaseQuietly(agency, mine);
    return { headers: toHeaders(mine), spend: (requests) => spend(agency, mine, requests) };
  }

  // No duty of the worker: it renews what this process has leased, in the process that serves the requests.
  const renewal = setInterval(() => renew(purses, leaseQuietly), renewEvery);
  renewal.unref();
  return { enter, stop: () => clearInterval(renewal) };
}

/** Renews slots for requests that last long (long polls, uploads), and forgets agencies without requests. */
function renew(purses: Map<string, Purse>, lease: (agency: string, purse: Purse) => void): void {
  const at = now();
  for (const [agency, purse] of purses) {
    const isOver = purse.slotsEnd < at && purse.windowEnds < at;
    if (purse.inUse > 0 && purse.slotsEnd < at + 2 * renewEvery) lease(agency, purse);
    // A purse is kept while a lease fills it: otherwise the next request would lease again, and the first lease would
    // be lost.
    else if (purse.inUse === 0 && isOver && !purse.leasing) purses.delete(agency);
  }
}

const emptyPurse = (limits: AgencyLimits): Purse => ({
  limits,
  requests: 0,
  left: 0,
  window: '',
  windowEnds: 0,
  slots: 0,
  slotsEnd: 0,
  askSlotsAt: 0,
  inUse: 0,
  wanting: { requests: 0, slots: 0 },
  leasing: undefined,
});

const lacksRequests = (purse: Purse, requests: number) =>
  purse.windowEnds <= now() || purse.requests < requests;

/** Asking for more requests may help: the window is a new one, or not all of it is leased. */
const mayGetRequests = ({ windowEnds, left }: Purse) => windowEnds <= now() || left > 0;

/**
 * Asking for more slots may help: the lease ended, or others may have returned theirs since this process last asked.
 */
function mayGetSlots({ slots, slotsEnd, inUse, askSlotsAt }: Purse): boolean {
  return slotsEnd <= now() || (inUse >= slots && askSlotsAt <= now());
}

const secondsLeft = ({ windowEnds }: Purse) => Math.max(1, Math.ceil((windowEnds - now()) / 1000));

/** `r` is what this process knows to be free: its own portion, and what nobody had leased when it last asked. */
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
