import { request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUserByLogin } from '../../../../hub/access/people/users.ts';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { createMailbox, toToken } from '../../access/accounts/mailbox.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let mailbox: ReturnType<typeof createMailbox>;
const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };
const publicUrl = 'https://hub.example.kr';
const password = 'my own long password';

const start = (environment: NodeJS.ProcessEnv = {}) =>
  startConsole(store, {
    accept: createRecordedAccept(() => none).accept,
    parked: createRecordedActions(() => none),
    environment,
  });

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  server = await start();
  mailbox = createMailbox(store);
});
afterAll(async () => {
  await mailbox.close();
  await server.app.close();
  await store.close();
});

const visitAs = createVisitors(() => server.url).as;
const idOf = async (login: string) =>
  (await store.pool.query<{ id: string }>('select id from users where login = $1', [login])).rows[0]!.id;
const fields = { login: 'new.one', name: '새사람', role: 'officer', agency: 'park', language: 'en' };

/** Opens the link of a mail as a person at another browser does. */
async function openLink(token: string) {
  const visitor = createVisitor(server.url);
  const opened = await visitor.get(`/link/${token}`);
  return { visitor, opened };
}

/** A call that names its host as it likes, which a browser does not. */
async function callAs(url: string, headers: Record<string, string>, form?: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status?: number; text: string }>();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  request(url, { method: form ? 'POST' : 'GET', headers: { ...headers, ...(form && type) } }, (response) => {
    readText(response).then(
      (text) => resolve({ text, ...(response.statusCode && { status: response.statusCode }) }),
      reject,
    );
  })
    .on('error', reject)
    .end(form);
  return promise;
}

describe('from an invitation to the first sign-in', () => {
  test('the form says what is wrong, and keeps what was typed', async () => {
    const admin = await visitAs('admin');
    const wrong = await admin.fill('/users/new', '/users', { ...fields, email: 'no address' });
    expect([wrong.status, wrong.text.includes('name@example.kr 같은')]).toEqual([422, true]);
    expect(wrong.text).toContain('value="no address"');
    const unknown = await admin.fill('/users/new', '/users', {
      ...fields,
      agency: 'no',
      email: 'a@b.example',
    });
    expect(unknown.status).toBe(422);
    const taken = await admin.fill('/users/new', '/users', { ...fields, login: 'tax', email: 'a@b.example' });
    expect(taken.text).toContain('이미 있는 아이디');
  });

  test('the person sets a password, and nobody else ever typed one', async () => {
    const admin = await visitAs('admin');
    const invited = await admin.fill('/users/new', '/users', { ...fields, email: 'new@office.example' });
    const id = await idOf('new.one');
    expect(invited.headers.get('location')).toBe(`/users/${id}?done=user_invited`);
    expect((await admin.get(`/users/${id}`)).text).toContain('발송 대기');
    const [mail] = await mailbox.deliver();
    const { visitor, opened } = await openLink(toToken(mail));
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/link']);
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
    expect(opened.headers.getSetCookie().join()).toMatch(/^link=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const page = await visitor.get('/link');
    expect(page.text).toContain('새사람 님(아이디 new.one)');
    expect(page.text).not.toContain(toToken(mail));

    const differ = await visitor.fill('/link', '/link', { password, again: `${password}x` });
    expect([differ.status, differ.text.includes('두 비밀번호가 다릅니다')]).toEqual([422, true]);
    const short = await visitor.fill('/link', '/link', { password: 'short', again: 'short' });
    expect([short.status, short.text.includes('12자 이상')]).toEqual([422, true]);
    const set = await visitor.fill('/link', '/link', { password, again: password });
    expect(set.headers.get('location')).toBe('/sign-in?done=password_set');
    expect(visitor.cookies.has('link')).toBe(false);
    await visitor.signIn('new.one', password);
    expect((await visitor.get('/account')).text).toContain('new@office.example');
  });
});

describe('opening a link', () => {
  test('changes nothing, however often a mail scanner does it', async () => {
    const admin = await visitAs('admin');
    await admin.fill('/users/new', '/users', {
      ...fields,
      login: 'scanned',
      email: 'scanned@office.example',
    });
    const [mail] = await mailbox.deliver();
    const token = toToken(mail);
    for (let n = 0; n < 3; n++) {
      const { visitor } = await openLink(token);
      expect((await visitor.get('/link')).status).toBe(200);
    }
    const head = await fetch(`${server.url}/link/${token}`, { method: 'HEAD', redirect: 'manual' });
    expect(head.status).toBe(303);
    const { rows } = await store.pool.query(
      `select used_at from account_links where address = 'scanned@office.example'`,
    );
    expect(rows).toEqual([{ used_at: null }]);
  });

  test('that works no more says why, and what to do', async () => {
    const admin = await visitAs('admin');
    const id = await idOf('scanned');
    await admin.fill(`/users/${id}`, `/users/${id}/link`, { email: 'scanned@office.example' });
    const [mail] = await mailbox.deliver();
    const { visitor } = await openLink(toToken(mail));
    await admin.fill(`/users/${id}`, `/users/${id}/withdraw`, {});
    const gone = await visitor.post('/link', { password, again: password });
    expect([gone.status, gone.text.includes('관리자가 거둔')]).toEqual([410, true]);
    const cut = await openLink(toToken(mail).slice(0, 20));
    const unknown = await cut.visitor.get('/link');
    expect([unknown.status, unknown.text.includes('주소가 잘렸거나')]).toEqual([404, true]);
    expect((await createVisitor(server.url).get('/link')).status).toBe(404);
  });

  test('is no form of another site: its origin is refused', async () => {
    const { visitor } = await openLink('x'.repeat(43));
    const foreign = await visitor.post('/link', { password }, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
  });
});

describe('a forgotten password', () => {
  test('has the same answer for every name', async () => {
    const visitor = createVisitor(server.url);
    const answers = [];
    for (const who of ['admin', 'nobody', 'new@office.example', 'no@office.example'])
      answers.push(await visitor.fill('/forgotten', '/forgotten', { who }));
    for (const { status, headers, text } of answers)
      expect([status, headers.get('location'), text]).toEqual([303, '/forgotten?done=reset_asked', '']);
    const mails = await mailbox.deliver();
    expect(mails.map(({ address }) => address)).toEqual(['new@office.example']);
    expect(mails[0]?.text).toContain(`${server.url}/link/`);
  });

  test('sets another one, and ends the sessions', async () => {
    const before = createVisitor(server.url);
    await before.signIn('new.one', password);
    const asking = createVisitor(server.url);
    await asking.fill('/forgotten', '/forgotten', { who: 'new.one' });
    const mail = (await mailbox.deliver()).at(-1);
    const { visitor } = await openLink(toToken(mail));
    const next = 'another long password';
    await visitor.fill('/link', '/link', { password: next, again: next });
    expect((await before.get('/account')).status).toBe(303);
    await visitor.signIn('new.one', next);
    await mailbox.deliver();
  });

  test('says when too many came from here', async () => {
    const visitor = createVisitor(server.url);
    await store.pool.query(
      `insert into sign_in_tries (subject, kind, tries, until) values ('forgetful 127.0.0.1', 'forgetful', 20, now() + interval '9 minutes')
       on conflict (subject) do update set tries = 20, until = excluded.until`,
    );
    const refused = await visitor.fill('/forgotten', '/forgotten', { who: 'admin' });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 500]).toEqual([429, true]);
    await store.pool.query(`delete from sign_in_tries where kind = 'forgetful'`);
  });

  test('a Host header leads nobody elsewhere: without PUBLIC_URL only the own address counts', async () => {
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
    const asked = await callAs(`${server.url}/forgotten`, evil, 'who=new.one');
    expect(asked.status).toBe(409);
    expect(await mailbox.deliver()).toEqual([]);
    const own = await start({ PUBLIC_URL: publicUrl });
    expect((await callAs(`${own.url}/forgotten`, evil, 'who=new.one')).status).toBe(303);
    await own.app.close();
    const [mail] = await mailbox.deliver();
    expect(mail?.text).toContain(`${publicUrl}/link/`);
    expect(mail?.text).not.toContain('evil');
  });
});

describe('one’s own account', () => {
  test('the password needs the current one, and ends all other sessions', async () => {
    const [here, there] = [createVisitor(server.url), createVisitor(server.url)];
    await here.signIn('counsellor');
    await there.signIn('counsellor');
    const next = 'a new long password';
    const wrong = await here.fill('/account', '/account/password', {
      current: 'x',
      password: next,
      again: next,
    });
    expect([wrong.status, wrong.text.includes('현재 비밀번호가 아닙니다')]).toEqual([422, true]);
    const done = await here.fill('/account', '/account/password', {
      current: samplePassword,
      password: next,
      again: next,
    });
    expect(done.headers.get('location')).toBe('/account?done=own_password');
    expect((await here.get('/account')).status).toBe(200);
    expect((await there.get('/account')).status).toBe(303);
  });

  test('the address changes when the link that went to it is used, and the old one is told', async () => {
    const visitor = createVisitor(server.url);
    await visitor.signIn('new.one', 'another long password');
    const typed = { email: 'moved@office.example', emailCurrent: 'another long password' };
    const asked = await visitor.fill('/account', '/account/email', typed);
    expect(asked.headers.get('location')).toBe('/account?done=email_asked');
    expect((await visitor.get('/account')).text).toContain('A mail went to moved@office.example.');
    // The sign-in from a browser that is not known is told too, to the address until now.
    const mails = await mailbox.deliver();
    expect(mails.map(({ address }) => address).sort()).toEqual([
      'moved@office.example',
      'new@office.example',
    ]);
    const mail = mails.find(({ address }) => address === 'moved@office.example');
    await visitor.get(`/link/${toToken(mail)}`);
    const confirmed = await visitor.fill('/link', '/link', {});
    expect(confirmed.headers.get('location')).toBe('/account?done=email_set');
    const [news] = await mailbox.deliver();
    expect(news).toMatchObject({
      address: 'new@office.example',
      subject: expect.stringContaining('바뀌었습니다'),
    });
  });

  test('sessions are listed with where they began, and end one by one', async () => {
    const [here, there] = [createVisitor(server.url), createVisitor(server.url)];
    await here.signIn('auditor');
    await there.signIn('auditor');
    const { text } = await here.get('/account');
    expect(text.match(/127\.0\.0\.1/g)).toHaveLength(2);
    expect(text).toContain('지금 이 화면');
    await here.fill('/account', '/account/sessions', {});
    expect((await there.get('/account')).status).toBe(303);
    const foreign = createVisitor(server.url);
    await foreign.signIn('tax');
    const { rows } = await store.pool.query(`select token_hash from sessions where user_id = $1`, [
      await idOf('auditor'),
    ]);
    await foreign.fill('/account', '/account/sessions', { session: rows[0].token_hash });
    expect((await here.get('/account')).status).toBe(200);
  });
});

describe('an administrator', () => {
  test('finds people by the beginning of login, name or address, page by page', async () => {
    const admin = await visitAs('admin');
    const find = async (query: string) => (await admin.get(`/users?${query}`)).text;
    expect(await find('search=박도')).toContain('>박도로</a>');
    expect(await find('search=MOVED')).toContain('>새사람</a>');
    expect(await find('search=%25')).toContain('조건에 맞는 사용자가 없습니다');
    expect(await find('state=invited')).not.toContain('>박도로</a>');
    await store.pool.query(
      `insert into users (id, login, name, role, password_hash) select gen_random_uuid(), 'p' || lpad(n::text, 3, '0'), '쪽', 'auditor', 'x' from generate_series(1, 45) n`,
    );
    const seen: string[] = [];
    let path: string | undefined = '/users?search=쪽';
    while (path) {
      const { text }: { text: string } = await admin.get(path);
      seen.push(
        ...[...text.matchAll(/>쪽<\/a><span class="quiet">(p\d+)</g)].map(([, login]) => String(login)),
      );
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, n) => `p${String(n + 1).padStart(3, '0')}`));
  });

  test('changes, disables, lets in again and ends sessions; nobody else may', async () => {
    const admin = await visitAs('admin');
    const id = await idOf('road');
    const page = `/users/${id}`;
    await admin.fill(page, `${page}/change`, {
      name: '박길',
      role: 'officer',
      agency: 'tax',
      language: 'ko',
    });
    expect(await findUserByLogin(store, 'road')).toMatchObject({ name: '박길', agency: 'tax' });
    const road = createVisitor(server.url);
    await road.signIn('road');
    expect((await road.get('/users')).status).toBe(403);
    const formToken = /name="formToken" value="([^"]+)"/.exec((await road.get('/account')).text)![1]!;
    expect((await road.post(`${page}/enable`, { formToken })).status).toBe(403);
    await admin.fill(page, `${page}/sessions`, { session: '' });
    expect((await road.get('/account')).status).toBe(303);
    // One click does not do it: the question is opened first.
    expect((await admin.get(page)).text).toMatch(
      /<summary>사용을 중지하려면<\/summary>[\s\S]*중지할까요\?[\s\S]*\/disable"/,
    );
    await admin.fill(page, `${page}/disable`, {});
    expect(await findUserByLogin(store, 'road')).toBeUndefined();
    expect((await admin.get(page)).text).toContain('다시 사용');
    await admin.fill(page, `${page}/enable`, {});
    await createVisitor(server.url).signIn('road');
  });

  test('cannot disable himself, nor give up the role', async () => {
    const admin = await visitAs('admin');
    const id = await idOf('admin');
    const { text } = await admin.get(`/users/${id}`);
    const formToken = /name="formToken" value="([^"]+)"/.exec(text)![1]!;
    expect((await admin.post(`/users/${id}/disable`, { formToken })).status).toBe(403);
    const changed = await admin.fill(`/users/${id}`, `/users/${id}/change`, {
      name: '관리자',
      role: 'auditor',
      agency: '',
      language: 'ko',
    });
    expect([changed.status, changed.text.includes('본인의 역할은')]).toEqual([422, true]);
  });

  test('is told that PUBLIC_URL is missing before anything is typed', async () => {
    const admin = await visitAs('admin');
    const headers = { cookie: `session=${admin.cookies.get('session')}`, host: 'hub.lan' };
    const page = await callAs(`${server.url}/users/new`, headers);
    expect(page.text).toContain('PUBLIC_URL');
    expect(page.text).not.toContain('action="/users"');
  });
});

test('the table of rights has a word for everything, in both languages', async () => {
  const visitor = await visitAs('tax');
  for (const language of ['ko', 'en']) {
    visitor.cookies.set('language', language);
    const { status, text } = await visitor.get('/rights');
    expect(status).toBe(200);
    // An action or a role without a text would be printed as it is named in the code.
    expect(text).not.toMatch(/>(?:[a-z]+_[a-z_]+|[a-z]+[A-Z]\w+)</);
  }
  visitor.cookies.delete('language');
});
