import { createHmac, timingSafeEqual } from 'node:crypto';
import iconv from 'iconv-lite';
import { openDurable } from './durable-store.ts';
import { type SinkReply, type SinkRequest, startHttpSink } from './http-sink.ts';

interface SolapiMessage {
  to: string;
  from: string;
  text: string;
  type?: 'SMS' | 'LMS';
  subject?: string;
  customFields?: Record<string, string>;
}

const limits = { SMS: 90, LMS: 2_000 };
const refuse = (status: number, errorCode: string): SinkReply => ({
  status,
  body: { errorCode, errorMessage: errorCode },
});

/**
 * A gateway that speaks Solapi's /messages/v4/send (signature, 15 minutes, one use, EUC-KR and lengths) and
 * /messages/v4/list, by the id of one message.
 */
export async function startSolapi(options: { file?: string; port?: number; key: string; secret: string }) {
  const store = openDurable(
    options.file,
    `create table if not exists signatures (signature text primary key);
     create table if not exists messages (id integer primary key, message text)`,
  );
  const use = store.prepare('insert into signatures values (?) on conflict do nothing');
  const insert = store.prepare('insert into messages (message) values (?)');

  /** What became of messages, by id. */
  const statuses = new Map<string, { status: string; statusCode: string }>();
  let asked = 0;

  function answer(request: SinkRequest): SinkReply {
    const { pathname, searchParams } = request.url;
    if (pathname !== '/messages/v4/send' && pathname !== '/messages/v4/list') return refuse(404, 'NotFound');
    const denied = authorise(request.headers.authorization ?? '');
    if (denied) return denied;
    if (pathname === '/messages/v4/list') return list(searchParams.get('messageId') ?? '');
    const { message } = JSON.parse(request.body) as { message: SolapiMessage };
    const code = judge(message);
    if (code !== '2000') return { status: 400, body: { errorCode: code, errorMessage: code } };
    const { lastInsertRowid } = insert.run(JSON.stringify(message));
    statuses.set(`M${lastInsertRowid}`, { status: 'PENDING', statusCode: '2000' });
    const body = { groupId: `G${lastInsertRowid}`, messageId: `M${lastInsertRowid}`, statusCode: code };
    return { status: 200, body: { ...body, statusMessage: 'accepted', to: message.to, from: message.from } };
  }

  function list(messageId: string): SinkReply {
    asked += 1;
    const known = statuses.get(messageId);
    const message = { messageId, ...known, dateReceived: null, networkName: 'KTF', log: [] };
    return { status: 200, body: { limit: 1, messageList: known ? { [messageId]: message } : {} } };
  }

  function authorise(header: string): SinkReply | undefined {
    const parts = /^HMAC-SHA256 apiKey=(\S+), date=(\S+), salt=(\S{12,64}), signature=([0-9a-f]{64})$/.exec(
      header,
    );
    const [, key, date = '', salt = '', signature = ''] = parts ?? [];
    if (key !== options.key) return refuse(401, 'InvalidAPIKey');
    if (!(Math.abs(Date.now() - Date.parse(date)) <= 15 * 60_000)) return refuse(403, 'RequestTimeTooSkewed');
    const right = createHmac('sha256', options.secret).update(`${date}${salt}`).digest();
    if (!timingSafeEqual(right, Buffer.from(signature, 'hex'))) return refuse(403, 'SignatureDoesNotMatch');
    return use.run(signature).changes === 0 ? refuse(403, 'DuplicatedSignature') : undefined;
  }

  const sink = await startHttpSink(options.port ?? 0, answer);
  return {
    ...sink,
    /** Says what became of a message from now on. */
    become: (id: string, status: string, statusCode: string) => statuses.set(id, { status, statusCode }),
    /** How often it was asked about a message. */
    asked: () => asked,
    /** Every accepted message in order. */
    messages: (): SolapiMessage[] =>
      store
        .prepare('select message from messages order by id')
        .all()
        .map((row) => JSON.parse(String(row.message))),
    async close(): Promise<void> {
      await sink.close();
      store.close();
    },
  };
}

function judge({ to, from, text, type, subject }: SolapiMessage): string {
  if (!/^0\d{8,10}$/.test(to)) return '1010';
  if (!/^\d{8,12}$/.test(from)) return '1062';
  const bytes = iconv.encode(text, 'euc-kr');
  if (iconv.decode(bytes, 'euc-kr') !== text) return '1029';
  if (bytes.length > limits[type ?? 'SMS']) return '1031';
  return subject && iconv.encode(subject, 'euc-kr').length > 40 ? '1031' : '2000';
}
