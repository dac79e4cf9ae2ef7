import { openDurable } from './durable-store.ts';
import { type SinkReply, type SinkRequest, startHttpSink } from './http-sink.ts';

/** A gateway that speaks Kannel's sendsms. */
export async function startKannel(options: { file?: string; port?: number; user: string; password: string }) {
  const store = openDurable(
    options.file,
    'create table if not exists messages (id integer primary key, message text)',
  );
  const insert = store.prepare('insert into messages (message) values (?)');

  function answer({ url }: SinkRequest): SinkReply {
    const query = Object.fromEntries(url.searchParams) as Record<string, string>;
    const { username, password, ...message } = query;
    if (url.pathname !== '/cgi-bin/sendsms') return { status: 404, body: 'Unknown request.' };
    if (username !== options.user || password !== options.password)
      return { status: 403, body: 'Authorization failed for sendsms' };
    if (!message.to || !message.from) return { status: 400, body: 'Missing receiver or sender number' };
    insert.run(JSON.stringify(message));
    return { status: 202, body: '0: Accepted for delivery' };
  }

  const sink = await startHttpSink(options.port ?? 0, answer);
  return {
    ...sink,
    /** Every accepted message in order: its query without the password. */
    messages: (): Record<string, string>[] =>
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
