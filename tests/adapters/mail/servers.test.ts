import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { receiptNumber, samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { BoardAdapter, Given, Outcome } from '../../../adapters/contract.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import { fromGiven, wordReason } from '../../../schemas/index.ts';
import { hasMailServer, type MailServer } from '../../support/servers/mail-server.ts';
import { waitFor } from '../../support/wait-for.ts';
import { sharedMailServer } from '../conformance/mail-fixture.ts';
import { replySecret, toMailSettings } from '../conformance/mail-settings.ts';
import { createOfficer } from './officer.ts';

const limit = () => AbortSignal.timeout(15_000);
const word = (given: Given) => wordReason(fromGiven(given), 'en');
let boxes = 0;

interface Opened {
  adapter: BoardAdapter;
  mail: MailServer;
  hub: string;
  officer: string;
  push(change: Parameters<typeof toChange>[0], key: string): Promise<Outcome | undefined>;
}

/** An adapter with mailboxes of its own; `change` alters its settings. */
async function open(
  change: (settings: Settings, mail: MailServer) => object = (settings) => settings,
  networks = ['127.0.0.0/8'],
): Promise<Opened> {
  const mail = await sharedMailServer();
  boxes += 1;
  const [hub, officer] = [`hub${boxes}`, `officer${boxes}`];
  const settings = toMailSettings(mail, hub, officer);
  const adapter = createAdapter(
    {
      adapter: 'mail',
      settings: change(settings, mail) as Record<string, unknown>,
    },
    {
      agency: 'sbiz',
      networks,
      timeZone: 'Asia/Seoul',
      secret: (name) => (name === 'env:REPLY_SECRET' ? replySecret : mail.password),
    },
  );
  const ref = { externalId: toChange(samples.registered).complaint.receiptNumber };
  return {
    adapter,
    mail,
    hub,
    officer,
    push: async (event, key) =>
      adapter.push?.(toChange(event, event.type === 'registered' ? undefined : ref), {
        key,
        signal: limit(),
      }),
  };
}
type Settings = ReturnType<typeof toMailSettings>;

async function drain({ adapter }: Opened, cursor?: string) {
  const pulled = await adapter.pull?.(cursor, limit());
  if (!pulled) throw new Error('the adapter reads');
  return pulled;
}

describe.runIf(hasMailServer())('Postfix and Dovecot', () => {
  test('are spoken with by TLS, and not where their certificate is signed by nobody known', async () => {
    const starttls = (ca: string | undefined) => (settings: Settings) => {
      const tls = { host: 'localhost', tls: 'starttls', ...(ca && { ca }) };
      return { ...settings, smtp: { ...settings.smtp, ...tls }, imap: { ...settings.imap, ...tls } };
    };
    const { ca } = await sharedMailServer();
    const trusted = await open(starttls(ca));
    expect(await trusted.adapter.check(limit())).toMatchObject({
      ok: true,
      lines: [{ ok: true }, { ok: true }],
    });
    expect(await trusted.push(samples.registered, 'key-1')).toMatchObject({ kind: 'done' });
    const doubted = await open(starttls(undefined));
    expect(await doubted.adapter.check(limit())).toMatchObject({
      ok: false,
      lines: [{ ok: false }, { ok: false }],
    });
    const refused = await doubted.push(samples.registered, 'key-1');
    expect(refused).toMatchObject({ kind: 'retry', reason: { code: 'certificate_refused' } });
    expect(word((refused as { reason: Given }).reason)).toContain('TLS certificate of localhost:');
    await Promise.all([trusted.adapter.close(), doubted.adapter.close()]);
  }, 60_000);

  test('are not called at an address of the inside that the agency does not name', async () => {
    const { adapter, push } = await open(undefined, []);
    expect(await push(samples.registered, 'key-1')).toMatchObject({
      kind: 'retry',
      reason: expect.toSatisfy((given) => word(given).includes('127.0.0.1 is not called')),
    });
    expect(await adapter.check(limit())).toMatchObject({ ok: false, lines: [{ ok: false }, { ok: false }] });
    await adapter.close();
  });

  test('an officer whom the server does not know is named by the place in the settings', async () => {
    const opened = await open((settings, { domain }) => ({
      ...settings,
      officers: [...settings.officers, { address: `nobody@${domain}` }],
    }));
    expect(await opened.push(samples.registered, 'key-1')).toEqual({
      kind: 'refused',
      reason: { code: 'mail_recipients' },
      fields: [{ pointer: '/officers/1/address', reason: { code: 'mail_answered', params: { reply: 550 } } }],
    });
    await opened.adapter.close();
  }, 60_000);

  test('a mail that comes back is parked with who did not get it; our own copy is no news', async () => {
    const opened = await open((settings) => ({ ...settings, officers: [{ address: 'kim@gone.example' }] }));
    expect(await opened.push(samples.registered, 'key-1')).toMatchObject({ kind: 'done' });
    const { posts } = await waitFor('the bounce', async () => {
      const pulled = await drain(opened);
      return pulled.posts.length > 0 && pulled;
    });
    expect(posts.map(({ externalId }) => externalId)).toEqual(['26-0000017-4']);
    const result = await opened.adapter.normalise(posts[0]?.raw);
    expect(result.ok ? [] : result.problems).toEqual([
      {
        pointer: '',
        reason: expect.toSatisfy((given) =>
          /did not arrive at kim@gone\.example \(5\.\d\.\d\)/.test(word(given)),
        ),
      },
    ]);
    await opened.adapter.close();
  }, 60_000);

  test('a mail that is sent again is the same mail, and find knows it by its copy', async () => {
    const opened = await open();
    const { adapter, mail, officer } = opened;
    const box = createOfficer(mail, officer);
    for (const key of ['26-0000017-4/1', '26-0000017-4/1']) await opened.push(samples.registered, key);
    await opened.push(samples.answered, '26-0000017-4/2');
    const mails = await waitFor('three mails', async () => {
      const found = await box.read().catch(() => []);
      return found.length === 3 && found;
    });
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2);
    const about = (title: string) => mails.filter(({ subject }) => subject?.startsWith(`[${title} `));
    const [answered] = about('답변');
    const change = toChange(samples.answered, { externalId: receiptNumber });
    const draft = (await adapter.draft?.(change, '26-0000017-4/2')) as Record<string, string>;
    const { subject, text, messageId, inReplyTo } = draft;
    expect({ subject, text: text?.trim() }).toEqual({
      subject: answered?.subject,
      text: answered?.text?.trim(),
    });
    const signed = [answered?.messageId, answered?.inReplyTo].map((id) =>
      id?.replace(/\.[a-z2-7]{16}@/, '.$signature()@'),
    );
    expect([messageId, inReplyTo]).toEqual(signed);
    expect(about('민원').map(({ messageId }) => messageId)).toEqual(Array(2).fill(answered?.inReplyTo));
    const call = (key: string) => ({ key, signal: limit() });
    await waitFor('the copy', async () =>
      adapter.find?.(toChange(samples.registered), call('26-0000017-4/1')),
    );
    expect(await adapter.find?.(toChange(samples.registered), call('26-0000017-4/11'))).toBeUndefined();
    await adapter.close();
  }, 60_000);

  test('a mail that arrives is told of at once, and listening ends with its signal', async () => {
    const { adapter, mail, hub, officer } = await open();
    const stopping = new AbortController();
    let heard = 0;
    const listening = (async () => {
      for await (const _ of adapter.changes?.(stopping.signal) ?? []) heard += 1;
    })();
    await waitFor('listening', () => heard === 1);
    const to = [{ name: '', address: `${hub}@${mail.domain}` }];
    const told = { subject: '민원', replyTo: to, headers: [], attachments: [], headerLines: [] };
    await createOfficer(mail, officer).reply(told, '답변입니다.');
    await waitFor('the news', () => heard > 1);
    stopping.abort();
    await listening;
    await adapter.close();
  }, 60_000);

  test('after the mailbox was built anew everything comes once more, under the versions that the hub knows', async () => {
    const opened = await open();
    const { adapter, mail, hub, officer } = opened;
    await opened.push(samples.registered, 'key-1');
    const box = createOfficer(mail, officer);
    await box.reply(await box.waitForMail('수출 바우처'), '답변입니다.');
    const before = await waitFor('the reply', async () => {
      const pulled = await drain(opened);
      return pulled.posts.length > 0 && pulled;
    });
    expect((await drain(opened, before.cursor)).posts).toEqual([]);
    // Dovecot makes UIDVALIDITY of the second in which it builds a mailbox.
    const { validity } = before.posts[0]!.raw as { validity: string };
    await waitFor('the next second', () => Date.now() / 1000 > Number(validity) + 1);
    const folder = join(mail.mailboxes, hub);
    for (const name of readdirSync(folder).filter((one) => one.startsWith('dovecot')))
      rmSync(join(folder, name));
    const after = await waitFor('the reply again', async () => {
      const pulled = await drain(opened, before.cursor);
      return pulled.posts.length > 0 && pulled;
    });
    expect(after.posts.map(({ externalId, version }) => ({ externalId, version }))).toEqual(
      before.posts.map(({ externalId, version }) => ({ externalId, version })),
    );
    expect((await drain(opened, after.cursor)).posts).toEqual([]);
    await adapter.close();
  }, 60_000);
});
