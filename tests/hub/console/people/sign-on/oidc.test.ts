import { describe, expect, test } from 'vitest';
import type { OidcProvider } from '../../../../../hub/access/sign-on/sign-on-schema.ts';
import { createProviderBrowser } from '../../../../support/identity/at-provider.ts';
import { createKey } from '../../../../support/identity/oidc-server.ts';
import { createVisitor } from '../../console-server.ts';
import { samplePassword } from '../../sample-board.ts';
import { city, contact, goThrough, hub, idp, useCity } from './oidc-city.ts';
import { listActions, readUser, type SignOnHub } from './sign-on-hub.ts';

useCity();

describe('signing in', () => {
  test('shows the providers on the page, Korean first, with where the person wanted to go', async () => {
    const { text } = await hub.visit().get('/sign-in?to=/parked');
    expect(text).toContain('href="/sign-in/with/city?to=%2Fparked">시청 통합 로그인</a>');
    const english = hub.visit();
    await english.post('/language', { language: 'en' });
    expect((await english.get('/sign-in')).text).toContain('>City sign-on</a>');
  });

  test('asks with a code, PKCE, state and nonce, each new', async () => {
    const urls = await Promise.all(
      [1, 2].map(
        async () => new URL((await hub.visit().get('/sign-in/with/city')).headers.get('location') ?? ''),
      ),
    );
    for (const { searchParams } of urls) {
      expect(searchParams.get('response_type')).toBe('code');
      expect(searchParams.get('code_challenge_method')).toBe('S256');
      expect(searchParams.get('redirect_uri')).toBe(`${hub.url}/sign-in/with/city/callback`);
    }
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(new Set(urls.map((url) => url.searchParams.get(name))).size, name).toBe(2);
  });

  test('makes the account at the first sign-in, without a password, and finds it by its subject later', async () => {
    const first = await goThrough('kim', hub.visit(), '/parked?x=1');
    expect(first.answer.status).toBe(303);
    expect(first.answer.headers.get('location')).toBe('/parked?x=1');
    const made = await readUser(hub.store, 'kim.doro');
    expect(made).toMatchObject({
      role: 'officer',
      agency: 'road',
      department: '보수계',
      email: 'kim@city.example',
      name: '김도로',
      password_hash: null,
    });
    expect(await listActions(hub.store, 'kim.doro')).toEqual([
      'sign-on:city account.added',
      'sign-on:city account.sign_on_added',
    ]);
    expect((await first.visitor.get('/account')).text).toContain('kim.doro');
    // Another name and address at the provider: still the same person.
    const before = idp.people.kim ?? {};
    idp.people.kim = { ...before, preferred_username: 'kim.new', email: 'new@city.example' };
    const second = await goThrough('kim');
    idp.people.kim = before;
    expect(second.answer.status).toBe(303);
    expect(await readUser(hub.store, 'kim.new')).toBeUndefined();
    expect(await readUser(hub.store, 'kim.doro')).toMatchObject({ id: made?.id, email: 'kim@city.example' });
  });

  test('takes role and agency anew each time, also for sessions that are open', async () => {
    const { visitor } = await goThrough('kim');
    const before = idp.people.kim ?? {};
    idp.people.kim = { ...before, groups: ['minwon-audit'], org: '' };
    await goThrough('kim');
    expect(await readUser(hub.store, 'kim.doro')).toMatchObject({
      role: 'auditor',
      agency: null,
      department: null,
    });
    expect((await visitor.get('/audit')).status).toBe(200);
    idp.people.kim = { ...before, org: '세무과' };
    await goThrough('kim');
    idp.people.kim = before;
    expect(await readUser(hub.store, 'kim.doro')).toMatchObject({ role: 'officer', agency: 'tax' });
    expect((await visitor.get('/audit')).status).toBe(403);
    const { rows } = await hub.store.pool.query(
      `select detail->>'role' as role from audit_entries where action = 'account.changed' order by id`,
    );
    expect(rows.map(({ role }) => role)).toEqual(['auditor', 'officer']);
  });

  test.each([
    ['nobody whom a rule names', { groups: ['staff'] }],
    ['an officer of an agency that is not here', { groups: ['minwon-officer'], org: '교통과' }],
    ['an officer without an agency', { groups: ['minwon-officer'] }],
  ])('refuses %s, with whom to ask', async (_who, told) => {
    idp.people.guest = { preferred_username: 'guest', ...told };
    const { answer } = await goThrough('guest');
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('이 시스템에서 맡은 역할이 없습니다');
    expect(answer.text).toContain(contact.ko);
    expect(await readUser(hub.store, 'guest')).toBeUndefined();
  });
});

describe('whose account it is', () => {
  test('a login that somebody has gets a number, and a wrong address is taken from nobody', async () => {
    const road = await readUser(hub.store, 'road');
    await hub.store.pool.query(`update users set email = 'road@city.example' where login = 'road'`);
    idp.people.road = { preferred_username: 'road', email: 'road@city.example', groups: ['minwon-audit'] };
    const { answer } = await goThrough('road');
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('다른 계정이 쓰고 있거나');
    idp.people.road = { preferred_username: 'road', groups: ['minwon-audit'] };
    expect((await goThrough('road')).answer.status).toBe(303);
    expect(await readUser(hub.store, 'road-2')).toMatchObject({ role: 'auditor', email: null });
    expect((await readUser(hub.store, 'road'))?.role).toBe(road?.role);
  });

  test('a verified address links the account once; another person with that address does not get it', async () => {
    await hub.store.pool.query(`update users set email = 'Counsel@city.example' where login = 'counsellor'`);
    const told = { email: 'counsel@city.example', email_verified: true, groups: ['minwon-audit'] };
    idp.people.lee = { preferred_username: 'lee', ...told };
    expect((await goThrough('lee')).answer.status).toBe(303);
    expect(await readUser(hub.store, 'lee')).toBeUndefined();
    expect((await readUser(hub.store, 'counsellor'))?.role).toBe('auditor');
    idp.people.successor = { preferred_username: 'successor', ...told };
    const { answer } = await goThrough('successor');
    expect(answer.status).toBe(403);
    expect(await readUser(hub.store, 'successor')).toBeUndefined();
    await hub.store.pool.query(`update users set role = 'counsellor' where login = 'counsellor'`);
  });

  test('a disabled account and a break-glass account stay closed', async () => {
    await goThrough('kim');
    await hub.store.pool.query(`update users set disabled_at = now() where login = 'kim.doro'`);
    expect((await goThrough('kim')).answer.text).toContain('사용이 중지된 계정입니다');
    await hub.store.pool.query(
      `update users set email = 'safe@city.example', break_glass = true where login = 'admin'`,
    );
    idp.people.thief = { email: 'safe@city.example', email_verified: true, groups: ['minwon-admin'] };
    const { answer } = await goThrough('thief');
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('비상 계정은 통합 로그인으로 로그인할 수 없습니다');
  });

  test('without leave nothing is made and nothing linked; the own page adds it, with the password', async () => {
    const strict = await hub.restart({ providers: [{ ...city, accounts: {} }] });
    await idp.open(strict.url, 'city');
    const back = async (visitor: ReturnType<SignOnHub['visit']>, url: string) =>
      visitor.get((await createProviderBrowser(idp.issuer).signIn(url, 'kim')).slice(strict.url.length));
    const stranger = createVisitor(strict.url);
    const begun = await stranger.get('/sign-in/with/city');
    const refused = await back(stranger, begun.headers.get('location') ?? '');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('이 시스템에 계정이 없습니다');

    const road = createVisitor(strict.url);
    await road.signIn('road');
    const wrong = await road.fill('/account', '/account/sign-on/city', { current: 'wrong' });
    expect(wrong.status).toBe(422);
    const going = await road.fill('/account', '/account/sign-on/city', { current: samplePassword });
    const [, url = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(going.text) ?? [];
    const added = await back(road, url.replaceAll('&amp;', '&'));
    expect(added.headers.get('location')).toBe('/account?done=sign_on_added');
    expect(await listActions(hub.store, 'road')).toContain('sign-on:city account.sign_on_added');

    const again = createVisitor(strict.url);
    const url2 = (await again.get('/sign-in/with/city')).headers.get('location') ?? '';
    expect((await back(again, url2)).status).toBe(303);
    expect((await again.get('/account')).text).toContain('<dd>road</dd>');
  });

  test('the only way for a role or a domain, but not for the break-glass account', async () => {
    const only = await hub.restart({
      providers: [{ ...city, only: { roles: ['auditor'], domains: ['city.example'] } }],
    });
    const tryPassword = (login: string, password = samplePassword) =>
      createVisitor(only.url).post('/sign-in', { login, password });
    await hub.store.pool.query(`update users set email = 'a@city.example' where login = 'admin'`);
    expect((await tryPassword('admin')).status).toBe(401);
    expect((await tryPassword('admin')).text).toContain(
      '비밀번호로 로그인하지 않습니다. 다음 단추를 누르십시오: 시청 통합 로그인',
    );
    // A wrong password learns nothing of it.
    expect((await tryPassword('admin', 'wrong')).text).toContain('아이디 또는 비밀번호가 올바르지 않습니다');
    expect((await tryPassword('auditor')).status).toBe(401);
    expect((await tryPassword('road')).status).toBe(303);
    await hub.store.pool.query(`update users set break_glass = true where login = 'admin'`);
    expect((await tryPassword('admin')).status).toBe(303);
  });
});

describe('answers that are not taken', () => {
  test.each([
    [
      'another nonce',
      (claims: object) => ({ ...claims, nonce: 'other' }),
      '확인할 수 없어 받지 않았습니다',
      403,
    ],
    ['another audience', (claims: object) => ({ ...claims, aud: 'other' }), '다른 서비스에 대한 응답', 403],
    [
      'another issuer',
      (claims: object) => ({ ...claims, iss: 'https://evil.example' }),
      '확인할 수 없어',
      403,
    ],
    [
      'an old one',
      (claims: object) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 31 }),
      '시각이 다릅니다',
      400,
    ],
  ])('with %s', async (_what, change, words, status) => {
    idp.alter(change as never);
    const { answer } = await goThrough('kim');
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect(await readUser(hub.store, 'kim.doro')).toBeUndefined();
  });

  test('an answer within the tolerance of the clocks is taken', async () => {
    idp.alter((claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 15 }));
    expect((await goThrough('kim')).answer.status).toBe(303);
  });

  test('signed with a key that is not the provider’s', async () => {
    idp.alter((claims) => claims, await createKey());
    expect((await goThrough('kim')).answer.status).toBe(403);
  });

  test('in another browser, a second time, or with another state', async () => {
    const visitor = hub.visit();
    const begun = await visitor.get('/sign-in/with/city');
    const back = await createProviderBrowser(idp.issuer).signIn(begun.headers.get('location') ?? '', 'kim');
    const path = back.slice(hub.url.length);
    const other = await hub.visit().get(path);
    expect(other.status).toBe(400);
    expect(other.text).toContain('이 브라우저에서 시작한 로그인이 아니거나');
    expect((await visitor.get(path.replace(/state=[^&]+/, 'state=other'))).status).toBe(400);
    expect((await visitor.get(path)).status).toBe(303);
    const again = hub.visit();
    again.cookies.set('away', visitor.cookies.get('away') ?? '');
    expect((await again.get(path)).status).toBe(400);
  });

  test('that says no, or a provider that is down: in words, in both languages', async () => {
    const visitor = hub.visit();
    const begun = await visitor.get('/sign-in/with/city');
    const back = await createProviderBrowser(idp.issuer).cancel(begun.headers.get('location') ?? '');
    const denied = await visitor.get(back.slice(hub.url.length));
    expect(denied.status).toBe(403);
    expect(denied.text).toContain('취소했거나 거절했습니다');
    const down = await hub.restart({ providers: [{ ...city }] });
    idp.isDown = true;
    const english = createVisitor(down.url);
    await english.post('/language', { language: 'en' });
    const away = await english.get('/sign-in/with/city');
    expect(away.status).toBe(503);
    expect(away.text).toContain('The sign-on server does not answer');
    expect(away.text).toContain(contact.en);
  });

  test('keys that the provider changed are known at once', async () => {
    expect((await goThrough('kim')).answer.status).toBe(303);
    await idp.rotate();
    expect((await goThrough('kim')).answer.status).toBe(303);
  });
});

test.each([
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
])('does not lead to %j', async (to) => {
  const { answer } = await goThrough('kim', hub.visit(), to);
  expect(answer.headers.get('location')).toBe('/');
});

describe('the second factor', () => {
  test('is asked for here as after a password, unless the settings count that of the provider', async () => {
    const environment = { SECOND_FACTOR_ROLES: 'all' };
    const counted = { ...city, secondFactor: { amr: ['otp', 'hwk'] } };
    const goTo = async (providers: OidcProvider[], amr: string[]) => {
      const strict = await hub.restart({ providers, environment });
      await idp.open(strict.url, 'city');
      idp.alter((claims) => ({ ...claims, amr }));
      const visitor = createVisitor(strict.url);
      const begun = await visitor.get('/sign-in/with/city?to=/parked');
      const back = await createProviderBrowser(idp.issuer).signIn(begun.headers.get('location') ?? '', 'kim');
      return { visitor, answer: await visitor.get(back.slice(strict.url.length)) };
    };
    const unasked = await goTo([city], ['otp']);
    expect(unasked.answer.status).toBe(200);
    expect(unasked.answer.text).toContain('action="/sign-in/enrol"');
    expect(unasked.answer.text).toContain('name="to" value="/parked"');
    expect((await unasked.visitor.get('/')).status).toBe(303);
    expect((await goTo([counted], ['pwd'])).answer.status).toBe(200);
    const proved = await goTo([counted], ['pwd', 'otp']);
    expect(proved.answer.status).toBe(303);
    const { rows } = await hub.store.pool.query('select proved_at from sessions');
    expect(rows.map(({ proved_at }) => proved_at !== null)).toEqual([true]);
  });
});
