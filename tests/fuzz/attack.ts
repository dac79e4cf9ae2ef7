import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Pool } from 'undici';
import { type Answer, findFlaw } from './judge.ts';
import { malformed } from './mutations.ts';
import { type Ammunition, makeSeeds, type Shot } from './seeds.ts';

export interface Attack {
  url: string;
  /** Makes each request one of its own: digests and signatures are believed once. */
  ammunition: Ammunition;
  count: number;
  /** The same seed and count are the same requests, but for ids and times. */
  seed: number;
  /** Bytes that the hub holds after a collection. */
  readHeap(): Promise<number>;
  tell?(done: number): void;
}

interface Flaw {
  what: string;
  shot: Shot;
  answer?: Answer;
}

export interface Outcome {
  flaws: Flaw[];
  /** How many requests were answered with each status, by door. */
  statuses: Record<string, number>;
  /** The slowest answer, milliseconds, and what it answered. */
  slowest: { milliseconds: number; shot?: Shot };
  /** Bytes held at the end, over those held after the first third. */
  growth: number;
}

const atOnce = 8;
const portion = 240;
const mostFlaws = 20;

/** Sends malformed requests at both doors of a running hub, and judges every answer. */
export async function attack({ url, ammunition, count, seed, readHeap, tell }: Attack): Promise<Outcome> {
  const pool = new Pool(url, {
    connections: atOnce,
    pipelining: 1,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
  });
  const outcome: Outcome = { flaws: [], statuses: {}, slowest: { milliseconds: 0 }, growth: 0 };
  const shotsOf = malformed(makeSeeds(ammunition).length);
  let early = 0;
  try {
    for (let done = 0; done < count && outcome.flaws.length < mostFlaws; done += portion) {
      if (early === 0 && done >= count / 3) early = await readHeap();
      const drawn = fc.sample(shotsOf, { numRuns: Math.min(portion, count - done), seed: seed + done });
      const left = drawn.map((toShot) => toShot(makeSeeds(ammunition))).values();
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (const shot of left) await fire(pool, shot, outcome);
        }),
      );
      tell?.(Math.min(done + portion, count));
    }
    outcome.growth = (await readHeap()) / early;
    return outcome;
  } finally {
    await pool.destroy();
  }
}

async function fire(pool: Pool, shot: Shot, outcome: Outcome): Promise<void> {
  const began = performance.now();
  try {
    const { method, path, headers, more = [], body } = shot;
    const bodyless = method === 'GET' || method === 'HEAD';
    const reply = await pool.request({
      method,
      path,
      headers: [...Object.entries(toSendable({ ...headers, ...makeSender() })), ...more].flat(),
      body: bodyless ? null : body,
    });
    const text = await reply.body.text();
    const milliseconds = performance.now() - began;
    const answer = { status: reply.statusCode, headers: reply.headers, text, milliseconds };
    const kind = `${shot.door} ${reply.statusCode}`;
    outcome.statuses[kind] = (outcome.statuses[kind] ?? 0) + 1;
    if (milliseconds > outcome.slowest.milliseconds) outcome.slowest = { milliseconds, shot };
    const what = findFlaw(shot, answer);
    if (what) outcome.flaws.push({ what, shot, answer });
  } catch (error) {
    // The hub may close the connection on what is no HTTP or too large; it must not be gone.
    const { code = '' } = error as { code?: string };
    const kind = `${shot.door} ${code}`;
    outcome.statuses[kind] = (outcome.statuses[kind] ?? 0) + 1;
    if (!['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(code))
      outcome.flaws.push({ what: `no answer: ${error}`, shot });
  }
}

/** Each request comes from another address, or those without credentials would soon be told to wait. */
function makeSender(): Record<string, string> {
  const [a, b, c] = randomBytes(3);
  return { 'x-forwarded-for': `10.${a}.${b}.${c}`, 'x-forwarded-proto': 'https' };
}

/** What a client library refuses to send is left out: the hub would never see it. */
const toSendable = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => name !== 'expect' && /^[\x20-\x7e]*$/.test(value)),
  );
