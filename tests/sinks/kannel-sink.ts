import { openDurable } from './durable-store.ts';
import { type SinkReply, type SinkRequest, startHttpSink } from './http-sink.ts';

interface KannelOptions {
  file?: string;
  port?: number;
  user: string;
  password: string;
  /** Names of operators that carry only what names them, as `allowed-smsc-id` makes them. */
  operators?: string[];
}

/** Calls the address for reports of one message. Resolves with the status of the reply. */
export const reportTo = async (url: string, sum: number): Promise<number> =>
  (await fetch(url.replace('%d', String(sum)))).status;

/** A gateway that speaks Kannel's sendsms and calls `dlr-url`. Its words are those of Kannel 1.4.5. */
export async function startKannel(options: KannelOptions) {
  const store = openDurable(
    options.file,
    'create table if not exists messages (id integer primary key, message text)',
  );
  const insert = store.prepare('insert into messages (message) values (?)');

  const refused: string[] = [];
  /** What a test does while a refused call waits for its reply. */
  const hooks: { beforeReply?: ((reportUrl: string) => Promise<unknown>) | undefined } = {};

  async function answer({ url }: SinkRequest): Promise<SinkReply> {
    const query = Object.fromEntries(url.searchParams) as Record<string, string>;
    const { username, password, ...message } = query;
    if (url.pathname !== '/cgi-bin/sendsms') return { status: 404, body: 'Unknown request.' };
    if (username !== options.user || password !== options.password)
      return { status: 403, body: 'Authorization failed for sendsms' };
    if (options.operators && !options.operators.includes(message.smsc ?? '')) {
      const reportUrl = message['dlr-url'] ?? '';
      refused.push(reportUrl);
      await hooks.beforeReply?.(reportUrl);
      return { status: 403, body: 'Not routable. Do not try again.' };
    }
    if (!message.to || !message.from) return { status: 400, body: 'Missing receiver or sender number' };
    insert.run(JSON.stringify(message));
    return { status: 202, body: '0: Accepted for delivery' };
  }

  const sink = await startHttpSink(options.port ?? 0, answer);
  const messages = (): Record<string, string>[] =>
    store
      .prepare('select message from messages order by id')
      .all()
      .map((row) => JSON.parse(String(row.message)));
  return Object.assign(hooks, {
    ...sink,
    /** Addresses for reports of the messages that were refused. */
    refused: () => refused,
    /** Every accepted message in order: its query without the password. */
    messages,
    /** Reports of the message with this index. Resolves with the status of the reply. */
    async report(index: number, sum: number): Promise<number> {
      const { 'dlr-url': url = '', 'dlr-mask': mask } = messages()[index] ?? {};
      if (mask !== '31') throw new Error(`all five kinds of report are wanted, not ${mask}`);
      return reportTo(url, sum);
    },
    async close(): Promise<void> {
      await sink.close();
      store.close();
    },
  });
}
