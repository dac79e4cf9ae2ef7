import { type AddressInfo, createServer, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Provider } from '../../../hub/notify/message.ts';
import { createSmtp } from '../../../hub/notify/providers/smtp.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createExclusive, type Exclusive } from '../../../hub/store/exclusive.ts';
import { startSmtpSink } from '../../sinks/smtp-sink.ts';
import { inWords } from '../../support/in-words.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { createSender, listNotices, saveAnswered } from './saved.ts';

let store: Store;
let exclusive: Exclusive;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let email: Provider;
let now: number;
let sender: ReturnType<typeof createSender>;
function open(timeout: number): void {
  email = createSmtp({ url: sink.url, from: '하남시 민원 <minwon@hub.example.kr>', timeout });
  sender = createSender(store, exclusive, { email }, () => new Date(now));
}
const hong = { name: '홍길동', email: 'hong@example.kr' };
const minutes = (n: number) => n * 60_000;

beforeEach(async () => {
  store = openStore(await createFreshDatabase());
  exclusive = createExclusive(store);
  sink = await startSmtpSink();
  now = Date.now();
  open(10_000);
});
afterEach(async () => {
  await sender.stop();
  await email.close();
  await exclusive.close();
  await sink.close();
  await store.close();
});

it('sends text and HTML with the headers of an automatic notice', async () => {
  const complaint = await saveAnswered(store, hong, {
    text: '1. 보수를 마쳤습니다.\n2. <b>감사합니다</b> & 안녕히',
    officer: { department: '도로과', name: '김담당', contact: '+82317901234' },
  });
  now = Date.now();
  await sender.drain('email');
  const [notice] = await listNotices(store);
  const [mail] = await sink.mails();
  expect(mail).toMatchObject({
    envelope: { from: 'minwon@hub.example.kr', to: ['hong@example.kr'] },
    from: { address: 'minwon@hub.example.kr', name: '하남시 민원' },
    to: [{ address: 'hong@example.kr' }],
    subject: `[하남시청] 민원 처리 결과를 알려 드립니다 (${complaint.receiptNumber})`,
    messageId: `<${notice?.id}@hub.example.kr>`,
    header: {
      'auto-submitted': 'auto-generated',
      'in-reply-to': `<${complaint.id}.complainant@hub.example.kr>`,
      references: `<${complaint.id}.complainant@hub.example.kr>`,
    },
  });
  expect(mail?.header['x-priority']).toBeUndefined();
  for (const part of ['도로과', '김담당', '031-790-1234', complaint.receiptNumber, '보도블록 파손'])
    expect([mail?.text?.includes(part), mail?.html?.includes(part)], part).toEqual([true, true]);
  expect(mail?.text).toContain('2. <b>감사합니다</b> & 안녕히');
  expect(mail?.html).toContain('보수를 마쳤습니다.<br>2. &lt;b&gt;감사합니다&lt;/b&gt; &amp; 안녕히');
  expect(mail?.html).not.toMatch(/<img|<script|href/);
  expect(inWords(notice)).toMatchObject({
    state: 'sent',
    provider: 'smtp',
    attempting_since: null,
    tries: 1,
    last_error: null,
  });
});

it('keeps a title with line ends inside the subject', async () => {
  const complaint = await saveAnswered(store, hong);
  const title = '제목\r\nBcc: thief@example.com\r\n\r\n본문';
  await store.pool.query("update complaints set content = jsonb_set(content, '{title}', $1)", [
    JSON.stringify(title),
  ]);
  await store.pool.query("update notices set template = 'withdrawn', audience = 'officer'");
  now = Date.now();
  await sender.drain('email');
  const [mail] = await sink.mails();
  expect(mail?.subject).toBe(`[민원 취하] 제목 Bcc: thief@example.com 본문 (${complaint.receiptNumber})`);
  expect(mail?.header.bcc).toBeUndefined();
  expect(mail?.envelope.to).toEqual(['hong@example.kr']);
});

it('marks a deadline as urgent and links the page', async () => {
  const complaint = await saveAnswered(store, hong);
  await store.pool.query("update notices set template = 'deadline-near', audience = 'officer'");
  now = Date.now();
  await sender.drain('email');
  const [mail] = await sink.mails();
  expect(mail?.header.importance).toBe('high');
  expect(mail?.html).toContain(`href="https://minwon.example.kr/complaints/${complaint.receiptNumber}"`);
});

it('comes back after greylisting, minutes later', async () => {
  sink.faults.greylist = true;
  await saveAnswered(store, hong);
  now = Date.now();
  await sender.drain('email');
  const [notice] = await listNotices(store);
  expect(inWords(notice)).toMatchObject({
    state: 'due',
    attempting_since: null,
    tries: 1,
    last_error: expect.stringContaining('451'),
  });
  expect(JSON.stringify(notice?.last_error)).not.toContain('hong');
  const wait = (notice?.next_at.getTime() ?? 0) - now;
  expect(wait).toBeGreaterThanOrEqual(minutes(1));
  expect(wait).toBeLessThanOrEqual(minutes(2));
  await sender.drain('email');
  expect(sink.count()).toBe(0);
  now += minutes(2);
  await sender.drain('email');
  expect(inWords(await listNotices(store))).toMatchObject([{ state: 'sent', tries: 2 }]);
  expect(sink.count()).toBe(1);
});

it('tells by text message when the mailbox does not exist', async () => {
  sink.faults.refuse.add(hong.email);
  await saveAnswered(store, { ...hong, phone: '+821012345678' });
  now = Date.now();
  await sender.drain('email');
  await sender.drain('sms');
  const notices = await listNotices(store);
  expect(inWords(notices)).toMatchObject([
    { channel: 'email', state: 'failed', last_error: expect.stringMatching(/550.*told by sms instead/) },
    { channel: 'sms', state: 'sent', address: '+821012345678', recipient: '홍길동', fallbacks: [] },
  ]);
});

it('shows an operator what could not be sent at all', async () => {
  sink.faults.refuse.add(hong.email);
  await saveAnswered(store, hong);
  now = Date.now();
  await sender.drain('email');
  expect(inWords(await listNotices(store))).toMatchObject([
    { state: 'failed', last_error: 'the mail server answered 550 to RCPT TO' },
  ]);
});

it.each(['hang', 'resetAfterData'] as const)(
  'sends the same mail again when the reply is lost (%s)',
  async (fault) => {
    sink.faults[fault] = 1;
    await email.close();
    open(500);
    await saveAnswered(store, hong);
    now = Date.now();
    await sender.drain('email');
    const [notice] = await listNotices(store);
    expect(inWords(notice)).toMatchObject({
      state: 'due',
      attempting_since: new Date(now),
      last_error: expect.stringContaining('broke'),
    });
    now += minutes(1);
    await sender.drain('email');
    expect(inWords(await listNotices(store))).toMatchObject([
      { state: 'sent', attempting_since: null, tries: 2 },
    ]);
    const ids = (await sink.mails()).map((mail) => mail.messageId);
    expect(new Set(ids)).toEqual(new Set([`<${notice?.id}@hub.example.kr>`]));
  },
);

it('waits for a server that is down without counting it against the mails', async () => {
  sink.faults.closed = true;
  for (let n = 0; n < 60; n++) await saveAnswered(store, hong);
  now = Date.now();
  await sender.drain('email');
  const waiting = await listNotices(store);
  expect(waiting.every((n) => n.state === 'due' && n.tries === 0 && n.attempting_since === null)).toBe(true);
  expect(
    waiting.filter((n) => n.last_error !== null).length,
    'only those under way met it',
  ).toBeLessThanOrEqual(email.concurrency);
  sink.faults.closed = false;
  await sender.drain('email');
  expect(sink.count(), 'left alone for a moment').toBe(0);
  now += 5_000;
  await sender.drain('email');
  expect(sink.count()).toBe(60);
});

it('a connection refused is a pause, not a failure', async () => {
  const gone = createSmtp({ url: 'smtp://127.0.0.1:1', from: 'a@b.kr', timeout: 500 });
  const other = createSender(store, exclusive, { email: gone }, () => new Date(now));
  await saveAnswered(store, hong);
  now = Date.now();
  await other.drain('email');
  expect(inWords(await listNotices(store))).toMatchObject([
    { state: 'due', tries: 0, last_error: expect.stringContaining('not usable') },
  ]);
  await other.stop();
  await gone.close();
});

describe('a server that says nothing useful before it is given a text is down for every mail', () => {
  const greeting = '220 mx\r\n';
  const answering = (replies: (line: string) => string | undefined) => (socket: Socket) => {
    socket.write(greeting);
    socket.on('data', (line) => {
      const reply = replies(String(line));
      if (reply) socket.write(reply);
    });
  };
  const hello = (line: string) => (line.startsWith('EHLO') ? '250 mx\r\n' : undefined);

  it.each<[string, (socket: Socket) => void]>([
    ['takes the connection and is silent', () => undefined],
    ['hangs up at once', (socket) => socket.destroy()],
    ['is no mail server', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['is silent behind its greeting', (socket) => socket.write(greeting)],
    ['is silent at MAIL FROM', answering(hello)],
    ['is silent at DATA', answering((line) => (line.startsWith('DATA') ? undefined : '250 ok\r\n'))],
  ])('%s', async (_what, behave) => {
    const opened = { sockets: 0 };
    const server = createServer((socket) => {
      opened.sockets += 1;
      behave(socket.on('error', () => undefined).resume());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const down = createSmtp({ url: `smtp://127.0.0.1:${port}`, from: 'a@b.kr', timeout: 300 });
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (text: string) => void lines.push(text) });
    const other = createSender(store, exclusive, { email: down }, () => new Date(now), log);
    for (let n = 0; n < 20; n++) await saveAnswered(store, hong);
    now = Date.now();
    await other.drain('email');
    const met = opened.sockets;
    for (let n = 0; n < 9; n++) {
      now += minutes(2);
      await other.drain('email');
    }
    expect(opened.sockets - met, 'one asks whether it is back').toBeLessThanOrEqual(9);
    const waiting = await listNotices(store);
    expect(waiting.map(({ state, tries, attempting_since }) => ({ state, tries, attempting_since }))).toEqual(
      waiting.map(() => ({ state: 'due', tries: 0, attempting_since: null })),
    );
    expect(lines, 'told once').toHaveLength(1);
    expect(lines[0]).not.toContain('hong');
    await Promise.all([other.stop(), down.close(), new Promise((done) => server.close(done))]);

    now += minutes(2);
    await sender.drain('email');
    expect((await listNotices(store)).map(({ state, tries }) => [state, tries])).toEqual(
      waiting.map(() => ['sent', 1]),
    );
    expect(sink.count(), 'each once').toBe(20);
  });
});

it('sends many over few connections, once each, also when asked twice', async () => {
  for (let n = 0; n < 300; n++) await saveAnswered(store, { ...hong, email: `p${n}@example.kr` });
  now = Date.now();
  await Promise.all([sender.drain('email'), sender.drain('email')]);
  const to = (await sink.mails()).map((mail) => mail.envelope.to[0]);
  expect(to.length).toBe(300);
  expect(new Set(to).size).toBe(300);
  expect(sink.connections.opened).toBeLessThanOrEqual(10);
});

it('leaves the channel to the process that has it', async () => {
  await saveAnswered(store, hong);
  now = Date.now();
  const otherProcess = createExclusive(store);
  await otherProcess.run('notify:email', () => sender.drain('email'));
  expect(sink.count()).toBe(0);
  await otherProcess.close();
  await sender.drain('email');
  expect(sink.count()).toBe(1);
});
