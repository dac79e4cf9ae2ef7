import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';

/**
 * The faults of the interface. Pages for people are not affected. `hang` never replies. `resetAfterWrite` does the work
 * and cuts the connection instead of replying. `slow` replies one byte at a time.
 */
type FaultMode =
  | 'none'
  | 'hang'
  | 'resetAfterWrite'
  | 'error500'
  | 'busy429'
  | 'errorIn200'
  | 'malformed'
  | 'html'
  | 'slow';

export interface Faults {
  mode: FaultMode;
  /** True: only calls about files are affected. */
  filesOnly?: boolean;
  /** Calls about single posts. Absent: they are like all others. */
  details?: {
    mode: FaultMode;
    /** The number of good calls that come before the fault. */
    good: number;
    /** The number of such calls so far. */
    calls: number;
    /** Numbers of posts that are deleted when the board is asked about them. */
    vanishing: Set<string>;
    /** Numbers of posts that the list shows, and nothing else. */
    hidden: Set<string>;
  };
  /** Fields that a new version of the board's software has renamed: from the old name to the new. */
  renamed?: Record<string, string>;
  /** Numbers of posts whose record is damaged in lists. */
  spoilt?: Set<string>;
  /** The list is given whole for every page. `since`: only what changed from that time on. */
  givesAll?: { since: boolean };
  /** The number of requests to the interface so far. */
  requests: number;
}

/** Faults that reply at once, before any work is done. */
const instead: Partial<Record<FaultMode, (reply: FastifyReply) => FastifyReply>> = {
  error500: (reply) => reply.code(500).send({ result: 'ERR', code: 'E_SYS', msg: '시스템 오류' }),
  busy429: (reply) =>
    reply.code(429).header('retry-after', '7').send({ result: 'ERR', code: 'E_BUSY', msg: '잠시 후 다시' }),
  errorIn200: (reply) => reply.code(200).send({ result: 'ERR', code: 'E_DB', msg: '저장하지 못했습니다' }),
  malformed: (reply) => reply.code(200).type('application/json').send('{"result":"OK","mwNo":'),
  html: (reply) =>
    reply
      .code(200)
      .type('text/html; charset=utf-8')
      .send('<!doctype html><title>점검 중</title><p>시스템 점검 중입니다'),
};

export function addFaults(server: FastifyInstance, faults: Faults): void {
  const modeFor = (url: string) => (faults.filesOnly && !url.includes('/files') ? 'none' : faults.mode);
  server.addHook('onRequest', async (request, reply) => {
    faults.requests++;
    const isDetail = request.method === 'GET' && /\/minwon\/\d+$/.test(request.url);
    const mode = (isDetail && countDetail(faults)) || modeFor(request.url);
    if (mode === 'hang') return reply.hijack();
    return instead[mode]?.(reply);
  });
  server.addHook('onSend', async (request, _reply, payload) => {
    const mode = modeFor(request.url);
    if (mode === 'resetAfterWrite') request.raw.socket.destroy();
    if (mode === 'slow') return Readable.from(drip(String(payload)));
    return faults.renamed ? rename(String(payload), faults.renamed) : payload;
  });
}

/** The fault of one call about a single post, if there is one. */
function countDetail({ details }: Faults): FaultMode | undefined {
  if (!details) return undefined;
  details.calls += 1;
  details.good -= 1;
  return details.mode === 'none' || details.good >= 0 ? undefined : details.mode;
}

function rename(json: string, names: Record<string, string>): string {
  return json.replace(/"(\w+)":/g, (all, name: string) => (names[name] ? `"${names[name]}":` : all));
}

async function* drip(text: string): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(text)) {
    yield Buffer.of(byte);
    await pause(100);
  }
}
