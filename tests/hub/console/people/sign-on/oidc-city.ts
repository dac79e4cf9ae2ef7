import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { OidcProvider } from '../../../../../hub/access/sign-on/sign-on-schema.ts';
import { createProviderBrowser } from '../../../../support/identity/at-provider.ts';
import { clientSecret, type OidcServer, startOidcServer } from '../../../../support/identity/oidc-server.ts';
import { type SignOnHub, startSignOnHub } from './sign-on-hub.ts';

export let idp: OidcServer;
export let hub: SignOnHub;
export let city: OidcProvider;

export const contact = { ko: '정보화담당관 042-270-0000', en: 'IT office 042-270-0000' };

/** A provider and a hub for the tests of a file. */
export function useCity(): void {
  beforeAll(async () => {
    idp = await startOidcServer();
    city = {
      name: 'city',
      kind: 'oidc',
      label: { ko: '시청 통합 로그인', en: 'City sign-on' },
      contact,
      issuer: idp.issuer,
      clientId: 'hub',
      clientSecret: 'env:CITY_SECRET',
      roles: [
        { when: { groups: ['minwon-admin'] }, role: 'administrator' },
        {
          when: { groups: ['minwon-officer'] },
          role: 'officer',
          agency: { claim: 'org', codes: { 도로과: 'road', 세무과: 'tax' } },
          department: { claim: 'department' },
        },
        { when: { groups: ['minwon-audit'] }, role: 'auditor' },
      ],
      accounts: { create: 'yes', linkByEmail: 'yes' },
    };
    hub = await startSignOnHub([city, { ...city, name: 'bound', accounts: {} }], () => clientSecret);
    idp.people.kim = {
      name: '김도로',
      preferred_username: 'kim.doro',
      email: 'kim@city.example',
      email_verified: true,
      groups: ['staff', 'minwon-officer'],
      org: '도로과',
      department: '보수계',
    };
  }, 120_000);
  beforeEach(async () => {
    await idp.open(hub.url, 'city');
    await hub.store.pool.query(
      `delete from sign_on_sessions; delete from sign_on_subjects; delete from sign_on_tries; delete from sessions;
     delete from half_sign_ins; delete from known_devices; delete from account_mails; delete from audit_entries;
     delete from users where password_hash is null; update users set email = null, department = null, break_glass = false`,
    );
  });
  afterEach(() => {
    idp.alter(undefined);
    idp.isDown = false;
  });
  afterAll(async () => {
    await hub?.close();
    await idp?.close();
  });
}

/** Goes the whole way in a browser of one's own. Resolves with the hub's answer to what the provider brings. */
export async function goThrough(
  login: string,
  visitor = hub.visit(),
  to = '/',
  browser = createProviderBrowser(idp.issuer),
) {
  const begun = await visitor.get(`/sign-in/with/city?to=${encodeURIComponent(to)}`);
  expect(begun.status).toBe(303);
  const back = await browser.signIn(begun.headers.get('location') ?? '', login);
  const answer = await visitor.get(back.slice(hub.url.length));
  return { visitor, begun, back, answer, browser };
}
