import { describe, expect, test } from 'vitest';
import { signOnKinds } from '../../../../../hub/access/sign-on/sign-on-error.ts';
import { signOnTexts } from '../../../../../hub/console/people/sign-on/sign-on-texts.ts';
import { clientSecret, createKey } from '../../../../support/identity/oidc-server.ts';
import { goThrough, hub, idp, useCity } from './oidc-city.ts';

useCity();

describe('signing out', () => {
  test('goes on at the provider, which knows the session by its token', async () => {
    const { visitor, browser } = await goThrough('kim');
    const out = await visitor.fill('/account', '/sign-out', {});
    expect(out.status).toBe(200);
    expect((await visitor.get('/')).status).toBe(303);
    const [, written = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(out.text) ?? [];
    const url = new URL(written.replaceAll('&amp;', '&'));
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${hub.url}/sign-in/with/city/signed-out`);
    expect(url.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    const page = await browser.follow(await browser.call(url.href));
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    const after = await browser.follow(await browser.call(page.action, { method: 'POST', body }));
    expect(after.away).toBe(`${hub.url}/sign-in/with/city/signed-out`);
  });

  test('at the provider ends the sessions here, by its message', async () => {
    const { visitor, browser } = await goThrough('kim');
    const other = await goThrough('kim');
    const page = await browser.follow(await browser.call(`${idp.issuer}/session/end`));
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await browser.call(page.action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    expect((await visitor.get('/')).status).toBe(303);
    // A session of another browser is another session there.
    expect((await other.visitor.get('/')).status).toBe(200);
  });

  test('takes no message that is not the provider’s, not for us, old, repeated, or an ID token', async () => {
    await goThrough('kim');
    const now = Math.floor(Date.now() / 1000);
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const good = { iss: idp.issuer, aud: 'hub', iat: now, exp: now + 120, jti: 'one', sub: 'kim', events };
    const send = async (token: string) =>
      (await hub.visit().post('/sign-in/with/city/back-channel', { logout_token: token })).status;
    const count = async () => (await hub.store.pool.query('select 1 from sessions')).rowCount;
    for (const [name, bad] of Object.entries({
      audience: { ...good, aud: 'other' },
      issuer: { ...good, iss: 'https://evil.example' },
      old: { ...good, exp: now - 31 },
      nonce: { ...good, nonce: 'x' },
      event: { ...good, events: {} },
      nobody: (({ sub: _, ...rest }) => rest)(good),
    }))
      expect(await send(await idp.sign(bad)), name).toBe(400);
    idp.alter(undefined, await createKey());
    expect(await send(await idp.sign(good)), 'key').toBe(400);
    idp.alter(undefined);
    expect(await send('nonsense')).toBe(400);
    expect(await count()).toBe(1);
    const token = await idp.sign(good, 'logout+jwt');
    expect(await send(token)).toBe(200);
    expect(await count()).toBe(0);
    await goThrough('kim');
    expect(await send(token), 'repeated').toBe(400);
    expect(await count()).toBe(1);
  });
});

test.each(signOnKinds)('a refusal for %s has its words in both languages', (kind) => {
  expect(signOnTexts[`sign_on.${kind}`]).toEqual([
    expect.stringMatching(/[가-힣]/),
    expect.stringMatching(/^[ -~]+$/),
  ]);
});

test('no line of the log has a token, a code, a state, an address or a name of a person', async () => {
  hub.lines.length = 0;
  const { begun, back } = await goThrough('kim');
  idp.alter((claims) => ({ ...claims, nonce: 'other' }));
  await goThrough('kim');
  const { searchParams } = new URL(begun.headers.get('location') ?? '');
  const answer = new URL(back).searchParams;
  const log = hub.lines.join('');
  expect(log).toContain('sign-on refused');
  for (const word of [
    ...[searchParams.get('state'), searchParams.get('nonce'), answer.get('code'), clientSecret],
    ...['eyJ', 'kim@city.example', '김도로', 'nonce'],
  ])
    expect(log).not.toContain(word);
});
