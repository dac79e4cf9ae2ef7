/**
 * What an author writes into the files of a new adapter, for a small JSON board: proof that this is all there is to
 * write. By file: what stands there, and what is written in its place.
 */
type Filling = Record<string, [from: RegExp, to: string][]>;

export const fillingOf = (name: string): Filling => ({
  [`tests/boards/${name}-board/interface.ts`]: [
    [
      /export function answer[\s\S]*$/,
      `export function answer(call: BoardCall, storage: Storage): BoardAnswer {
  const { method, path, query, headers } = call;
  const [, what, id = ''] = path.split('/');
  if (method === 'GET' && what === 'posts') {
    const size = Number(query.size);
    const posts = storage.listChanged(query.since ?? '', size, (Number(query.page) - 1) * size);
    return { status: 200, json: { posts } };
  }
  const key = String(headers['idempotency-key'] ?? id);
  const kept = storage.findKey(key);
  if (kept || method === 'GET') return { status: kept ? 200 : 404, json: kept ?? {} };
  const json = write(call, storage);
  if (json) storage.keep(key, json);
  return { status: json ? 200 : 404, json: json ?? { error: 'no such post' } };
}

function write({ path, json = {} }: BoardCall, storage: Storage): object | undefined {
  const [, , id, part] = path.split('/');
  if (id === undefined) return { no: storage.add(json).no };
  const no = Number(id);
  if (part === 'status') return storage.change(no, json) ? { no } : undefined;
  const answer = storage.answer(no, { text: String(json.text), ...json });
  if (answer === undefined) return undefined;
  storage.change(no, { status: 'DONE' });
  return { no, answer };
}
`,
    ],
  ],
  [`adapters/${name}/client.ts`]: [
    [
      /_since: string \| undefined, _page: number, _size: number\)(.*)\n.*/,
      `since: string | undefined, page: number, size: number)$1
  const query = { page: String(page), size: String(size), ...(since && { since }) };
  return { method: 'GET', path: 'posts', query };`,
    ],
    [
      /_operation: Operation, _key: string\)(.*)\n.*/,
      `{ method, path, json }: Operation, key: string)$1
  return { method, path, headers: { 'idempotency-key': key }, body: JSON.stringify(json) };`,
    ],
    [
      /_key: string\)(.*)\n.*/,
      `key: string)$1
  return { method: 'GET', path: \`keys/\${encodeURIComponent(key)}\` };`,
    ],
    [
      /_reply: unknown\)(.*)\n.*/,
      `reply: unknown)$1
  const { no, answer } = reply as { no?: unknown; answer?: unknown };
  return toRef(no, answer);`,
    ],
    [/import \{ notFilledIn.*\n/, ''],
    [
      /(import .* from '\.\.\/kit\/http\/http-errors.ts';\n)/,
      `$1import { toRef } from '../kit/reading/board-ref.ts';\n`,
    ],
  ],
  [`adapters/${name}/mapping.ts`]: [
    [/import \{ notFilledIn.*\n/, ''],
    [
      /(import .* from '\.\.\/kit\/reading\/pull-plan.ts';\n)/,
      `$1import { toInstant } from '../kit/text/board-time.ts';
import { toKoreanPhone, toPhone } from '../kit/text/contact.ts';
`,
    ],
    [/import type \{ EventType \} from/, 'import { type EventType, ReasonError, toReason } from'],
    [/_timeZone/, 'timeZone'],
    [
      /const _book[\s\S]*$/,
      `const book = createCodeBook(settings.codes ?? {});
  return {
    toRow(raw) {
      const { no, changed } = raw as Raw;
      if (typeof no !== 'number') throw new ReasonError(toReason('record_without_id', { detail: toReason('missing') }));
      return { externalId: String(no), updatedAt: changed, raw };
    },
    toPost(raw) {
      const { title, body, category, region, name, company, email, phone, notify, ...post } = raw as Raw;
      const complainant = { name, company, email, phone: phone && toPhone(phone), notifyBy: notify };
      const filedAt = toInstant(post.created, timeZone);
      return {
        receiptNumber: post.hubNo,
        content: { title, body, kind: 'query', category, region, complainant, filedAt },
        status: book.fromBoard('status', post.status),
        answers: post.answers.map(({ no, text, created, department, officer, contact }) => ({
          id: String(no),
          text,
          answeredAt: toInstant(created, timeZone),
          officer: { department, name: officer, contact },
        })),
        followUps: [],
      };
    },
    toOperation({ event, complaint, ref }) {
      const path = \`posts/\${ref?.externalId}\`;
      if (event.type === 'registered') {
        const { complainant, title, body, category, region } = event.data.content;
        const { name, company, email, phone = '', notifyBy: notify } = complainant;
        const person = { name, company, email, phone: toKoreanPhone(phone), notify };
        const hubNo = complaint.receiptNumber;
        return { method: 'POST', path: 'posts', json: { title, body, category, region, ...person, hubNo } };
      }
      if (event.type === 'answered') {
        const { text, officer = {} } = event.data.answer;
        const { department, name, contact } = officer;
        const json = { text, department, officer: name, contact };
        return { method: 'POST', path: \`\${path}/answers\`, json };
      }
      if (event.type !== 'status_changed') throw new RangeError(\`\${event.type} cannot be written\`);
      return { method: 'PUT', path: \`\${path}/status\`, json: { status: book.toBoard('status', event.data.to) } };
    },
  };
}

interface Raw {
  no: number;
  changed: string;
  created: string;
  title: string;
  body: string;
  category: string | null;
  region: string | null;
  name: string;
  company: string | null;
  email: string | null;
  phone: string | null;
  notify: string | null;
  status: string;
  hubNo: string | null;
  answers: Record<'text' | 'created' | 'department' | 'officer' | 'contact' | 'no', string>[];
}
`,
    ],
  ],
});
