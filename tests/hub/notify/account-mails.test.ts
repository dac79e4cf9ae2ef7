import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findLink } from '../../../hub/access/accounts/account-links.ts';
import { listMails } from '../../../hub/access/accounts/account-mails.ts';
import { setChangeMails, tellOfVersions } from '../../../hub/access/accounts/change-mails.ts';
import { inviteUser, showKept } from '../../../hub/access/accounts/invitations.ts';
import { createUser } from '../../../hub/access/people/users.ts';
import { createAccountMailSender } from '../../../hub/notify/accounts/send-account-mails.ts';
import { createProviders } from '../../../hub/notify/providers/index.ts';
import { createLog } from '../../../hub/observe/log.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createExclusive, type Exclusive } from '../../../hub/store/exclusive.ts';
import { restVersions } from '../../../hub/words/rest-changes.ts';
import { toReason } from '../../../schemas/reason.ts';
import { startSmtpSink } from '../../sinks/smtp-sink.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { createMailbox, toToken } from '../access/accounts/mailbox.ts';

let store: Store;
let exclusive: Exclusive;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
const lines: string[] = [];
const log = createLog({ LOG_LEVEL: 'debug' }, { write: (line) => lines.push(line) });
const by = { actor: 'admin', way: 'console' } as const;
let count = 0;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  exclusive = createExclusive(store);
  sink = await startSmtpSink();
});
afterEach(() => store.pool.query(`update account_mails set state = 'dropped' where state = 'due'`));
afterAll(async () => {
  await exclusive.close();
  await sink.close();
  await store.close();
});

async function invite() {
  count += 1;
  const email = `p${count}@office.example`;
  const user = { login: `p${count}`, name: '김<b>, "Bcc: x"', role: 'auditor', email } as const;
  return { email, ...(await inviteUser(store, user, 'https://hub.example.kr', by)) };
}

/** Sends by a real provider, as the hub does. */
async function sendBy(SMTP_URL: string | undefined): Promise<void> {
  const { email: provider, sms } = createProviders({
    SMTP_URL,
    MAIL_FROM: '민원 허브 <no-reply@hub.example>',
    SMS_PROVIDER: 'outbox',
  } as Parameters<typeof createProviders>[0]);
  const clock = () => new Date(Date.now() + 1_000);
  const silent = { publicUrl: undefined, changed: () => undefined };
  const send = createAccountMailSender({ store, exclusive, provider, log, clock, ...silent });
  await send(new AbortController().signal);
  await Promise.all([provider.close(), sms.close()]);
}

it('goes by the mail server of the notices, to one address, with no line of the person’s making', async () => {
  const { email } = await invite();
  await sendBy(sink.url);
  const [mail, ...more] = await sink.mails();
  expect(more).toEqual([]);
  expect(mail?.envelope.to).toEqual([email]);
  expect(mail?.header.bcc).toBeUndefined();
  expect(mail?.header['auto-submitted']).toBe('auto-generated');
  expect(mail?.text).toMatch(/https:\/\/hub\.example\.kr\/link\/[\w-]{43}\s/);
  expect(lines.join()).toContain('account mail sent');
  for (const secret of [/link\/[\w-]{43}/, /office\.example/]) expect(lines.join()).not.toMatch(secret);
});

it('is kept where no mail server is set, until its link is used, and nobody else’s is shown', async () => {
  const [user, other] = [await invite(), await invite()];
  await sendBy(undefined);
  const [mail] = await listMails(store, user.id);
  expect(mail).toMatchObject({ state: 'sent', isKept: true });
  expect(await showKept(store, other, mail?.id, by)).toBeUndefined();
  const text = await showKept(store, user, mail?.id, by);
  expect(text).toMatch(/\/link\/[\w-]{43}\n/);
  await store.pool.query('update account_links set used_at = now() where user_id = $1', [user.id]);
  expect(await showKept(store, user, mail?.id, by)).toBeUndefined();
  expect(await listMails(store, user.id)).toMatchObject([{ isKept: false }]);
});

it('sent again after an unknown outcome, works by either of the two mails; one that never went leaves no token', async () => {
  const user = await invite();
  const mailbox = createMailbox(store);
  const unreachable = toReason('gateway_unreachable', { code: 'ECONNREFUSED' });
  mailbox.outcomes.push(
    { kind: 'retry', scope: 'provider', reason: unreachable },
    { kind: 'unknown', reason: unreachable },
  );
  const hour = 3_600_000;
  const [lost] = await mailbox.deliver();
  expect(await findLink(store, toToken(lost))).toBeUndefined();
  const [first] = await mailbox.deliver(hour);
  const [second] = await mailbox.deliver(2 * hour);
  for (const mail of [first, second])
    expect(await findLink(store, toToken(mail))).toMatchObject({ state: 'open', userId: user.id });
  expect(first?.noticeId).toBe(second?.noticeId);
  expect(await mailbox.deliver(3 * hour)).toEqual([]);
  await mailbox.close();
});

it('that is refused says so, and one whose link ended is not sent', async () => {
  const [refused, withdrawn] = [await invite(), await invite()];
  await store.pool.query('update account_links set ended_at = now() where user_id = $1', [withdrawn.id]);
  const mailbox = createMailbox(store);
  mailbox.outcomes.push({ kind: 'refused', reason: toReason('gateway_answered', { answer: '550' }) });
  await mailbox.deliver();
  expect(await listMails(store, refused.id)).toMatchObject([
    { state: 'failed', lastError: { code: 'gateway_answered' } },
  ]);
  expect(await listMails(store, withdrawn.id)).toMatchObject([{ state: 'dropped' }]);
  await mailbox.close();
});

describe('new versions of the API', () => {
  const [newest] = restVersions;
  const mailbox = () => createMailbox(store);
  const forget = () => store.pool.query('delete from api_versions where version = $1', [newest.version]);

  async function addEngineer(login: string, email: string | null) {
    const person = {
      name: '박연계',
      role: 'engineer',
      agency: 'road',
      password: 'long enough, for once',
    } as const;
    const { id } = await createUser(store, { ...person, login });
    await store.pool.query('update users set email = $2 where id = $1', [id, email]);
    return id;
  }

  it('are told to nobody by a hub that is new, and once to each engineer by one that is upgraded', async () => {
    await store.pool.query('delete from api_versions');
    const [wanting, other] = [
      await addEngineer('wanting', 'wanting@office.example'),
      await addEngineer('unwilling', 'un@office.example'),
    ];
    await addEngineer('unreachable', null);
    await setChangeMails(store, other, false);
    const first = mailbox();
    expect(await first.deliver()).toEqual([]);

    await forget();
    const [one, two] = [mailbox(), mailbox()];
    const sent = (await Promise.all([one.deliver(), two.deliver()])).flat();
    // The one that did not get its turn looks again.
    sent.push(...(await one.deliver()), ...(await two.deliver()), ...(await mailbox().deliver()));
    expect(sent.map(({ address }) => address)).toEqual(['wanting@office.example']);
    const [mail] = sent;
    expect(mail?.subject).toContain(newest.version);
    for (const [ko, en] of newest.lines) {
      expect(mail?.text.indexOf(ko)).toBeGreaterThan(0);
      expect(mail?.text.indexOf(en)).toBeGreaterThan(mail?.text.indexOf(ko) ?? 0);
    }
    expect(mail?.text).toMatch(/^https:\/\/hub\.example\.kr\/engineer\/changes$/m);
    expect(await listMails(store, wanting)).toMatchObject([{ kind: 'api_changed', state: 'sent' }]);

    // Also after the mail itself was pruned.
    await store.pool.query("delete from account_mails where kind = 'api_changed'");
    expect(await mailbox().deliver()).toEqual([]);
    for (const each of [first, one, two]) await each.close();
  });

  it('are not told to somebody who wants none by the time that the mail goes', async () => {
    const id = await addEngineer('late', 'late@office.example');
    await forget();
    await tellOfVersions(store, [newest.version]);
    await setChangeMails(store, id, false);
    const late = mailbox();
    expect((await late.deliver()).map(({ address }) => address)).not.toContain('late@office.example');
    expect(await listMails(store, id)).toMatchObject([{ state: 'dropped' }]);
    await late.close();
  });
});
