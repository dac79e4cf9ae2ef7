import type { PreparedComplaint } from './complaints.ts';
import type { Load } from './load.ts';
import type { Arrival, Arrivals } from './receiver/main.ts';

/** Percentiles in milliseconds. */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
}

/** The results of the complaints of one run. */
export interface Account {
  /** Complaints per second, until the last reply. */
  accepted: number;
  /** From request to reply. */
  wait: Percentiles;
  /** Complaints per second, until the last arrival. Undefined: the subject relays nothing. */
  relayed: number | undefined;
  /** From the request until the board has the post and the officer has the mail. */
  endToEnd: Percentiles | undefined;
  /** The same under a steady load. Undefined: there was none. */
  steady: Percentiles | undefined;
  /** Complaints, posts and mails that were confirmed and are missing, among everything that was sent. */
  lost: number;
  /** Posts and mails that came more than once. */
  doubled: number;
}

export function settle(run: {
  warmUp: PreparedComplaint[];
  complaints: PreparedComplaint[];
  load: Load;
  /** What was sent afterwards under a steady load. */
  steady?: { complaints: PreparedComplaint[]; load: Load } | undefined;
  arrivals: Arrivals | undefined;
  stored: number;
}): Account {
  const { warmUp, complaints, load, steady, arrivals, stored } = run;
  const all = [...warmUp, ...complaints, ...(steady?.complaints ?? [])];
  const seconds = (until: number) => (until - load.begun) / 1000;
  const account: Account = {
    accepted: complaints.length / seconds(load.ended),
    wait: toPercentiles(load.waits),
    relayed: undefined,
    endToEnd: undefined,
    steady: undefined,
    lost: all.length - stored,
    doubled: 0,
  };
  if (!arrivals) return account;
  const sides = [arrivals.board, arrivals.mail].map(byId);
  for (const { id } of all) {
    for (const side of sides) {
      const times = side.get(id) ?? 0;
      if (times === 0) account.lost += 1;
      else account.doubled += times - 1;
    }
  }
  const done = lastArrivals(arrivals, complaints);
  account.relayed = done.size / seconds(Math.max(...done.values()));
  account.endToEnd = toLatencies(done, load);
  if (steady) account.steady = toLatencies(lastArrivals(arrivals, steady.complaints), steady.load);
  return account;
}

const toLatencies = (done: Map<string, number>, { sent }: Load) =>
  toPercentiles([...done].map(([id, at]) => at - (sent.get(id) ?? 0)));

function byId(arrivals: Arrival[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const [id] of arrivals) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

/** When each complaint had reached both board and officer. Complaints that did not are left out. */
function lastArrivals({ board, mail }: Arrivals, complaints: PreparedComplaint[]): Map<string, number> {
  const [posted, mailed] = [board, mail].map((side) => new Map(side.toReversed())) as [
    Map<string, number>,
    Map<string, number>,
  ];
  const done = new Map<string, number>();
  for (const { id } of complaints) {
    const [post, letter] = [posted.get(id), mailed.get(id)];
    if (post !== undefined && letter !== undefined) done.set(id, Math.max(post, letter));
  }
  return done;
}

/** By the nearest-rank method. */
export function toPercentiles(values: number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
