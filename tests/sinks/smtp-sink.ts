import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { openDurable } from './durable-store.ts';

interface SmtpFaults {
  /** 550 for these recipients. */
  refuse: Set<string>;
  /** 451 for the first try of each recipient. */
  greylist: boolean;
  /** 421 at MAIL FROM: nothing goes. */
  closed: boolean;
  /** No reply to this many mails. */
  hang: number;
  /** This many mails are stored and the connection is cut instead of a 250. */
  resetAfterData: number;
}

export interface SinkMail extends Email {
  envelope: { from: string; to: string[] };
  /** Every header by its lower-case name, first value. */
  header: Record<string, string>;
}

/** An SMTP server that stores each mail durably before its 250. */
export async function startSmtpSink(
  options: {
    file?: string;
    port?: number;
    /** Called after each mail is stored, before its 250. */
    stored?: () => void;
  } = {},
) {
  const store = openDurable(
    options.file,
    'create table if not exists mails (id integer primary key, sender text, recipients text, raw blob)',
  );
  const insert = store.prepare('insert into mails (sender, recipients, raw) values (?, ?, ?)');
  const faults: SmtpFaults = {
    refuse: new Set(),
    greylist: false,
    closed: false,
    hang: 0,
    resetAfterData: 0,
  };
  const tried = new Set<string>();
  const connections = { opened: 0 };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, accept) {
      connections.opened += 1;
      accept();
    },
    onMailFrom: (_address, _session, accept) =>
      accept(faults.closed ? smtpError(421, 'closing for maintenance') : null),
    onRcptTo({ address }, _session, accept) {
      if (faults.refuse.has(address)) return accept(smtpError(550, 'no such user'));
      if (faults.greylist && !tried.has(address)) {
        tried.add(address);
        return accept(smtpError(451, 'greylisted, come back later'));
      }
      accept();
    },
    onData(stream, session, accept) {
      readAll(stream).then((raw) => {
        if (faults.hang > 0) {
          faults.hang -= 1;
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const recipients = rcptTo.map((to) => to.address);
        insert.run(mailFrom ? mailFrom.address : '', JSON.stringify(recipients), raw);
        options.stored?.();
        if (faults.resetAfterData > 0) {
          faults.resetAfterData -= 1;
          cut(server, session);
          return;
        }
        accept();
      }, accept);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    faults,
    /** How many connections were opened so far. */
    connections,
    count: () => Number(store.prepare('select count(*) as n from mails').get()?.n),
    /** Every mail in the order of arrival. */
    async mails(): Promise<SinkMail[]> {
      const rows = store.prepare('select sender, recipients, raw from mails order by id').all();
      return Promise.all(rows.map(toMail));
    },
    async close(): Promise<void> {
      for (const connection of connectionsOf(server)) connection._socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
      store.close();
    },
  };
}

/** smtp-server keeps its connections in a set that its types do not show. */
function connectionsOf(server: SMTPServer) {
  return (server as unknown as { connections: Set<{ session: unknown; _socket: { destroy(): void } }> })
    .connections;
}

function cut(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of connectionsOf(server))
    if (connection.session === session) connection._socket.destroy();
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function toMail(row: Record<string, unknown>): Promise<SinkMail> {
  const email = await PostalMime.parse(row.raw as Uint8Array);
  const header: Record<string, string> = {};
  for (const { key, value } of email.headers) header[key] ??= value;
  return {
    ...email,
    header,
    envelope: { from: String(row.sender), to: JSON.parse(String(row.recipients)) },
  };
}
