import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { StartFixture } from '../../../adapters/conformance/board-fixture.ts';
import { openFaultyLine } from '../../../adapters/kit/faulty-line.ts';
import { createSigner } from '../../../adapters/mail/reply-address.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import { dropMail, type FoundMail, readMailFolder } from '../../support/mail-folder.ts';
import { startMailProxy } from '../../support/servers/mail-proxy.ts';
import { type MailServer, resultsOf, startMailServer } from '../../support/servers/mail-server.ts';
import { replySecret, toMailSettings } from './mail-settings.ts';

let server: Promise<MailServer> | undefined;
afterAll(async () => (await server)?.stop());
/** One pair of servers for a test file. */
export function sharedMailServer(): Promise<MailServer> {
  server ??= startMailServer();
  return server;
}

/** Mailboxes that were given out: each fixture has two of its own. */
let boxes = 0;

export const startMailFixture: StartFixture = async () => {
  const mail = await sharedMailServer();
  boxes += 1;
  const [hub, officer] = [`hub${boxes}`, `officer${boxes}`];
  const proxy = await startMailProxy(mail);
  const given = { secret: mail.password };
  // One line for each protocol, bent together.
  const lines = await Promise.all([openFaultyLine(proxy.smtpPort), openFaultyLine(proxy.imapPort)]);
  const [smtpPort = 0, imapPort = 0] = lines.map(({ port }) => port);
  const settings = toMailSettings({ domain: mail.domain, smtpPort, imapPort }, hub, officer);
  const adapter = createAdapter(
    {
      adapter: 'mail',
      settings: {
        ...settings,
        carries: ['registered', 'status_changed', 'answered'],
        pageSize: 3,
      },
    },
    {
      agency: 'sbiz',
      networks: ['127.0.0.0/8'],
      timeZone: 'Asia/Seoul',
      secret: (reference) => (reference === 'env:REPLY_SECRET' ? replySecret : given.secret),
    },
  );
  // A hub has polled before it pushes: the mailbox is made.
  await adapter.pull?.(undefined, AbortSignal.timeout(10_000));
  const box = (user: string) => join(mail.mailboxes, user);
  return {
    adapter,
    carriesParts: true,
    pageSize: 3,
    overlapSeconds: 60,
    secret: mail.password,
    unknownCode: 'HOLD',
    readsBack: false,
    line: {
      bend: async (...how) => {
        await Promise.all(lines.map((line) => line.bend(...how)));
      },
    },
    board: {
      ...replyAs(box(hub), settings),
      fault: (fault) => {
        given.secret = fault === 'unauthorised' ? `${mail.password}-old` : mail.password;
        proxy.fault = fault;
        // The work that a cut connection left behind is done by now.
        if (fault === 'none') settle(mail);
      },
      requests: () => proxy.requests,
      posts: () => toPosts(received(mail, box(officer))),
      files: (id) => toFiles(received(mail, box(officer)), id),
    },
    close: async () => {
      await adapter.close();
      await Promise.all(lines.map((line) => line.close()));
      await proxy.close();
    },
  };
};

/** What an officer does who has the mails about some complaints: replies, each into the hub's mailbox. */
function replyAs(folder: string, { replyAddress, officers }: ReturnType<typeof toMailSettings>) {
  const signer = createSigner(replyAddress, { agency: 'sbiz', secrets: () => [replySecret] });
  const numbers: string[] = [];
  let clock = new Date();
  function reply(receiptNumber: string, text: string, file?: { name: string; content: Buffer }) {
    const part = (headers: string[], body: Buffer) => [
      '--limit',
      ...headers,
      'Content-Transfer-Encoding: base64',
      '',
      ...(body.toString('base64').match(/.{1,76}/g) ?? ['']),
    ];
    const lines = [
      resultsOf('pass'),
      `From: <${officers[0]?.address}>`,
      `To: <${signer.toReplyAddress(receiptNumber)}>`,
      `Date: ${clock.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${randomUUID()}@officer.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=limit',
      '',
      ...part(['Content-Type: text/plain; charset=utf-8'], Buffer.from(text)),
      ...(file
        ? part(
            [
              'Content-Type: application/pdf',
              `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
            ],
            file.content,
          )
        : []),
      '--limit--',
      '',
    ];
    dropMail(folder, lines.join('\r\n'));
  }
  return {
    setClock: (time: Date) => {
      clock = time;
    },
    file: (title: string) => {
      const receiptNumber = `26-0000-${String(numbers.length + 1).padStart(4, '0')}-0`;
      numbers.push(receiptNumber);
      reply(receiptNumber, title);
      return receiptNumber;
    },
    edit: (id: string, title: string) => reply(id, title),
    swell: (id: string, letters: number) => reply(id, '가'.repeat(letters)),
    setCode: (id: string, code: string) => reply(id, `[상태] ${code}`),
    attach: (id: string, file: { name: string; content: Buffer }) =>
      reply(id, '붙임과 같이 답변드립니다.', file),
  };
}

/** What lies in a mailbox when all that was sent has arrived. A mail system that knows a Message-ID shows it once. */
function received(mail: MailServer, folder: string): FoundMail[] {
  settle(mail);
  const byId = new Map(readMailFolder(folder).map((mail) => [mail.headers['message-id'], mail]));
  return [...byId.values()];
}

/** Waits until the server has delivered what it took; laws look without waiting. */
function settle({ queued }: MailServer): void {
  const until = Date.now() + 10_000;
  while (queued() > 0 && Date.now() < until) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

const subjectOf = ({ headers }: FoundMail) => /^\[(.+) ([\d-]+)\] (.*)$/.exec(headers.subject ?? '') ?? [];

function toPosts(mails: FoundMail[]) {
  const registered = mails.filter((mail) => subjectOf(mail)[1] === '민원');
  return registered.map((mail) => {
    const [, , receiptNumber = '', title = ''] = subjectOf(mail);
    const answers = mails.filter(
      (one) => subjectOf(one)[1] === '답변' && subjectOf(one)[2] === receiptNumber,
    );
    return {
      externalId: receiptNumber,
      title,
      receiptNumber,
      answers: answers.map(({ text }) => /\[ 답변 Answer \]\n(.*?)\n\n담당자 /s.exec(text)?.[1] ?? ''),
    };
  });
}

/** Those of the post first: mails that were sent within a moment lie in a mailbox in no order. */
function toFiles(mails: FoundMail[], receiptNumber: string) {
  return mails
    .filter((mail) => subjectOf(mail)[2] === receiptNumber)
    .flatMap((mail) =>
      mail.files.map((file) => ({ of: subjectOf(mail)[1]?.includes('답변') ? 'reply' : 'post', ...file })),
    )
    .sort((one, other) => one.of.localeCompare(other.of));
}
