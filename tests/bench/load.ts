import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { now } from './clock.ts';
import type { PreparedComplaint } from './complaints.ts';

export interface Load {
  /** When each request was sent, or should have been, by the id of its complaint. */
  sent: Map<string, number>;
  /** Milliseconds from each request to its reply. */
  waits: number[];
  begun: number;
  ended: number;
}

export const connections = 16;

/**
 * Each connection sends its next complaint after the reply to the last. With `rate` (per second), it also waits for its
 * scheduled time. A late request counts from that time. Any reply other than 2xx is an error.
 */
export async function sendComplaints(
  url: string,
  path: string,
  headers: Record<string, string>,
  complaints: PreparedComplaint[],
  within: number,
  rate = Number.POSITIVE_INFINITY,
): Promise<Load> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const signal = AbortSignal.timeout(within);
  const load: Load = { sent: new Map(), waits: [], begun: now(), ended: 0 };
  const left = complaints.entries();
  async function runConnection(): Promise<void> {
    for (const [n, { id, body }] of left) {
      signal.throwIfAborted();
      const due = load.begun + (n * 1000) / rate;
      const early = due - now();
      if (early > 0) await pause(early);
      const sent = Number.isFinite(rate) ? due : now();
      load.sent.set(id, sent);
      const reply = await pool.request({ method: 'POST', path, headers, body, signal });
      const text = await reply.body.text();
      load.waits.push(now() - sent);
      if (reply.statusCode > 299) throw new Error(`${reply.statusCode} ${text.slice(0, 500)}`);
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, runConnection));
    load.ended = now();
    return load;
  } finally {
    await pool.destroy();
  }
}
