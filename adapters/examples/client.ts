/**
 * An agency's client in TypeScript. It tests the connection, registers, reads, follows the feed, answers and
 * acknowledges. HUB_URL is the hub's address. HUB_AGENCY and HUB_KEY are the code and API key of the connection sheet.
 * It runs on Node 24 as it is.
 */
import { setTimeout as pause } from 'node:timers/promises';

const { HUB_URL: hub, HUB_AGENCY: agency, HUB_KEY: key } = process.env;
if (!hub || !agency || !key) throw new Error('set HUB_URL, HUB_AGENCY and HUB_KEY');

/** RFC 9457. */
interface Problem {
  title: string;
  detail?: string;
  errors?: { pointer: string; message: string }[];
}
interface Receipt {
  outcome: 'applied' | 'duplicate';
  receiptNumber: string;
}
interface Change {
  receiptNumber: string;
  event: { seq: number; type: string; toAgency?: string };
}

/**
 * Calls the hub and retries where a retry is useful; retries are always safe. Throws the hub's own words about what is
 * wrong.
 */
async function call<T>(
  method: string,
  path: string,
  value?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const reply = await fetch(`${hub}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(value !== undefined && { body: JSON.stringify(value) }),
      signal: AbortSignal.timeout(60_000),
    }).catch((error: Error) => error);
    if (!(reply instanceof Error) && reply.ok) return (await reply.json()) as T;
    const mayHelp = reply instanceof Error || reply.status === 429 || reply.status >= 500;
    if (!mayHelp || tries === 5) {
      if (reply instanceof Error) throw reply;
      const { title, detail, errors = [] } = (await reply.json()) as Problem;
      const places = errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
      throw new Error(`${method} ${path}: ${title} ${detail ?? ''} ${places}`);
    }
    const after = reply instanceof Error ? null : reply.headers.get('retry-after');
    await pause(1000 * Number(after ?? 2 ** tries));
  }
}

// 1. Test the connection: are key, clock and charset right?
const sample = { text: '민원 연계 시험 뷁 😀 ABC', time: new Date().toISOString() };
const report = await call<{ ok: boolean; checks: { ok: boolean; ko: string }[] }>(
  'POST',
  '/self-test',
  sample,
);
if (!report.ok) throw new Error(report.checks.flatMap(({ ok, ko }) => (ok ? [] : ko)).join('\n'));

// 2. Register. A repeated call with the same externalId (or Idempotency-Key) creates no second complaint.
const externalId = `ts-${Date.now()}`;
const content = {
  title: '가로등이 꺼져 있습니다',
  body: '시청 앞 가로등 세 개가 켜지지 않습니다.',
  kind: 'other',
  complainant: { name: '김민원', email: 'kim@example.kr', notifyBy: 'email' },
  filedAt: new Date().toISOString(),
};
const { receiptNumber } = await call<Receipt>(
  'POST',
  '/complaints',
  { externalId, content },
  { 'idempotency-key': externalId },
);

// 3. Read it.
const { status } = await call<{ status: string }>('GET', `/complaints/${receiptNumber}`);

// 4. Follow the feed from the first change that is not acknowledged. Answer where we must, then acknowledge.
let answered = 0;
for (;;) {
  const page = await call<{ changes: Change[]; cursor: string }>('GET', '/changes?wait=1');
  if (page.changes.length === 0) break;
  for (const { receiptNumber: number, event } of page.changes) {
    // Store the change durably here in your program.
    if (event.type !== 'assigned' || event.toAgency !== agency) continue;
    const answer = { text: '오늘 고치겠습니다.', officer: { department: '도로과', name: '이담당' } };
    await call<Receipt>('POST', `/complaints/${number}/answers`, answer);
    answered += 1;
  }
  await call('POST', '/changes/acknowledgements', { upTo: page.cursor });
}

process.stdout.write(`${JSON.stringify({ receiptNumber, status, answered })}\n`);
