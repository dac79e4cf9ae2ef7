import { request } from 'node:http';
import type { BoardAdapter, Change, Outcome } from '../../../adapters/contract.ts';

/**
 * An adapter as it is written in an afternoon by somebody who has met boards in good health only: it waits for ever,
 * believes every reply, decodes each piece by itself, and says what it knows. Speaks with the sample board of `rest`.
 */
export function createNaiveAdapter(endpoint: string, apiKey: string): BoardAdapter {
  const call = (method: string, path: string, body?: unknown) =>
    send(new URL(`api/v2/minwon${path}`, endpoint), method, apiKey, body);

  return {
    carries: new Set(['registered', 'answered', 'status_changed']),
    async pull() {
      const reply = (await call('GET', '?size=1000').catch(() => undefined)) as { list?: Post[] } | undefined;
      const posts = (reply?.list ?? []).map((raw) => ({
        externalId: String(raw.mwNo),
        version: String(raw.updDt),
        raw,
      }));
      return { posts, cursor: String(posts.length), more: false };
    },
    async normalise(raw) {
      const { subject, contents } = (raw ?? {}) as Post;
      const complainant = { name: '이름 없음' };
      const filedAt = '2026-11-20T09:30:00+09:00';
      return {
        ok: true,
        post: { content: { title: subject, body: contents, kind: 'query', complainant, filedAt } },
      };
    },
    push: (change) => push(call, change),
    async find(_change, { key }) {
      const reply = (await call('GET', `/by-key/${key}`).catch(() => undefined)) as Post | undefined;
      return reply?.mwNo === undefined ? undefined : { externalId: String(reply.mwNo) };
    },
    check: async () => ({ ok: true, lines: [{ what: 'board', ok: true, detail: `key ${apiKey}` }] }),
    close: async () => undefined,
  };
}

interface Post {
  mwNo: number;
  subject: string;
  contents: string;
  updDt: string;
}

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

async function push(call: Call, { event, complaint }: Change): Promise<Outcome> {
  const { title = '', body = '', complainant } = complaint.content ?? {};
  try {
    const wrtr = { nm: complainant?.name, hp: complainant?.phone };
    const reply = await call('POST', '', {
      subject: title,
      contents: body,
      hubNo: complaint.receiptNumber,
      wrtr,
    });
    return { kind: 'done', ref: { externalId: String((reply as Post).mwNo) } };
  } catch (error) {
    console.log(`could not bring ${event.type} of ${complainant?.name}: ${error}`);
    return { kind: 'retry', reason: `could not bring "${title}"` };
  }
}

function send(url: URL, method: string, apiKey: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
    const out = request(url, { method, headers, agent: false }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      reply.on('error', reject);
      reply.on('end', () => {
        try {
          resolve(JSON.parse(text));
        } catch (error) {
          reject(error);
        }
      });
    });
    out.on('error', reject);
    out.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
