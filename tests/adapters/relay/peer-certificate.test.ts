import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../../hub/notify/message.ts';
import { createSmtp } from '../../../hub/notify/providers/smtp.ts';
import { wordReason } from '../../../schemas/reason.ts';
import { type Authority, createAuthority, type Issued } from '../../support/certificates.ts';

let authority: Authority;
let issued: Issued;
const servers: SMTPServer[] = [];
let taken = 0;

beforeAll(async () => {
  authority = await createAuthority('city-hall-ca');
  issued = await authority.issue('mail.city.example', 'DNS:localhost');
}, 60_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.close(done))));
  await authority.remove();
});

async function start(secure: boolean): Promise<number> {
  const server = new SMTPServer({
    ...issued,
    secure,
    authOptional: true,
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => {
        taken++;
        done();
      });
    },
  });
  // A client that does not trust the certificate breaks the handshake.
  server.on('error', () => undefined);
  servers.push(server);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return (listening.address() as AddressInfo).port;
}

const message: Message = {
  noticeId: '0197aaaa-0000-7000-8000-000000000001',
  threadId: '0197aaaa-0000-7000-8000-000000000002',
  channel: 'email',
  address: 'kim@city.example',
  language: 'ko',
  subject: '접수',
  text: '본문',
  html: null,
  link: null,
  urgent: false,
};

async function send(url: string, ca?: string) {
  const provider = createSmtp({ url, ca, from: 'hub@hub.example', timeout: 10_000 });
  try {
    return await provider.send(message, { started: new Date(), repeated: false });
  } finally {
    await provider.close();
  }
}

test.each([
  ['smtps', true],
  ['smtp', false],
])(
  '%s: a certificate of an unknown authority is named, and with the authority the mail goes',
  async (protocol, secure) => {
    const url = `${protocol}://localhost:${await start(secure)}`;
    const sent = await send(url);
    expect(sent).toMatchObject({ kind: 'retry', scope: 'provider', reason: { code: 'certificate_refused' } });
    const words = 'reason' in sent ? wordReason(sent.reason, 'en') : '';
    expect(words).toContain('SMTP_CA_FILE');
    expect(words).toContain('mail.city.example (issued by city-hall-ca');
    const before = taken;
    expect(await send(url, authority.cert)).toMatchObject({ kind: 'done' });
    expect(taken).toBe(before + 1);
  },
);

test('a certificate for another name is told with both names', async () => {
  const sent = await send(`smtps://127.0.0.1:${await start(true)}`, authority.cert);
  const words = 'reason' in sent ? wordReason(sent.reason, 'en') : '';
  expect(words).toContain('connected to 127.0.0.1, the certificate is for DNS:localhost');
});
