import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignOnProvider } from '../../../../../hub/access/sign-on/sign-on-schema.ts';
import { findAxeFaults } from '../../../../support/find-axe-faults.ts';
import { clientSecret, type OidcServer, startOidcServer } from '../../../../support/identity/oidc-server.ts';
import { type SamlServer, startSamlServer } from '../../../../support/identity/saml-server.ts';
import { samplePassword } from '../../sample-board.ts';
import { type SignOnHub, startSignOnHub } from './sign-on-hub.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: signing in at providers is not tested in one; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)('signing in at a provider in a browser', () => {
  let oidc: OidcServer;
  let saml: SamlServer;
  let hub: SignOnHub;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    [oidc, saml] = await Promise.all([startOidcServer(), startSamlServer()]);
    const common = {
      contact: { ko: '정보화담당관 042-270-0000', en: 'IT office 042-270-0000' },
      roles: [
        { when: { groups: ['officer'] }, role: 'officer', agency: 'road' },
        { when: { groups: ['audit'] }, role: 'auditor' },
        { when: { groups: ['counsel'] }, role: 'counsellor' },
      ],
      accounts: { create: 'yes', linkByEmail: 'yes', login: 'preferred_username' },
    } satisfies Partial<SignOnProvider>;
    hub = await startSignOnHub(
      [
        {
          ...common,
          ...{ name: 'city', kind: 'oidc', label: { ko: '시청 통합 로그인', en: 'City sign-on' } },
          ...{ issuer: oidc.issuer, clientId: 'hub', clientSecret: 'env:SECRET' },
        },
        {
          ...common,
          ...{ name: 'office', kind: 'saml', label: { ko: '교육청 통합 로그인', en: 'Office sign-on' } },
          metadata: saml.metadataUrl,
        },
      ],
      () => clientSecret,
    );
    await oidc.open(hub.url, 'city');
    saml.meet((await hub.visit().get('/sign-in/with/office/metadata')).text);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
  }, 120_000);
  beforeEach(async () => {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: 'ko-KR' });
    context.setDefaultTimeout(80_000);
    // The provider's page asks for letters from the internet.
    await context.route(/googleapis/, (route) => route.abort());
    oidc.people.kim = { preferred_username: 'kim', name: '김도로', groups: ['officer'] };
    saml.people.kim = { preferred_username: 'kim-s', groups: 'officer' };
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.close();
    await Promise.all([oidc?.close(), saml?.close()]);
  });

  const shoot = async (page: Page, name: string) => {
    const folder = process.env.SHOTS;
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };
  const atHub = (page: Page) => page.waitForURL((url) => url.origin === hub.url);
  const signInThere = async (page: Page, login: string) => {
    await page.waitForURL((url) => url.origin === oidc.issuer);
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await atHub(page);
  };

  test('goes to OpenID Connect and back, signs out there as well, and comes with another role', async () => {
    const page = await context.newPage();
    await page.goto(`${hub.url}/ledger`);
    expect(await findAxeFaults(page)).toEqual([]);
    await shoot(page, 'sign-in');
    await page.getByRole('link', { name: '시청 통합 로그인' }).click();
    await signInThere(page, 'kim');
    expect(new URL(page.url()).pathname).toBe('/ledger');
    await page.goto(`${hub.url}/account`);
    expect(await findAxeFaults(page)).toEqual([]);
    await shoot(page, 'account-without-password');
    await page.getByRole('button', { name: '로그아웃' }).click();
    // The page that leads to the provider is left at once: a redirect after a form would be stopped by our own policy.
    await page.waitForURL((url) => url.origin === oidc.issuer);
    await page.getByRole('button', { name: /yes/i }).click();
    await atHub(page);
    await page.getByText('로그아웃했습니다').waitFor();

    oidc.people.kim = { ...oidc.people.kim, groups: ['audit'] };
    await page.getByRole('link', { name: '시청 통합 로그인' }).click();
    await signInThere(page, 'kim');
    // No officer may see it.
    expect((await page.goto(`${hub.url}/audit`))?.status()).toBe(200);
  });

  test('takes the form of SAML from another site, with cookies that do not come with it', async () => {
    const page = await context.newPage();
    await page.goto(`${hub.url}/ledger`);
    await page.getByRole('link', { name: '교육청 통합 로그인' }).click();
    await page.waitForURL((url) => url.origin === saml.entityId);
    await page.getByLabel('Login').fill('kim');
    await page.getByRole('button', { name: 'Go' }).click();
    await page.waitForURL(`${hub.url}/ledger`);
  });

  test('says who to ask where nobody is let in, in both languages', async () => {
    oidc.people.guest = { preferred_username: 'guest', groups: ['none'] };
    const page = await context.newPage();
    await page.goto(`${hub.url}/sign-in/with/city`);
    await signInThere(page, 'guest');
    await page.getByText('이 시스템에서 맡은 역할이 없습니다').waitFor();
    expect(await findAxeFaults(page)).toEqual([]);
    await shoot(page, 'refused');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'City sign-on' }).waitFor();
    await shoot(page, 'sign-in-english');
  });

  test('goes on with what was typed when the session had ended, also when the first try fails', async () => {
    await hub.store.pool.query(`update users set email = 'c@city.example' where login = 'counsellor'`);
    oidc.people.counsel = { email: 'c@city.example', email_verified: true, groups: ['counsel'] };
    const page = await context.newPage();
    await page.goto(`${hub.url}/register`);
    await page.getByLabel('아이디').fill('counsellor');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.getByRole('button', { name: '로그인', exact: true }).click();
    await page.waitForURL(`${hub.url}/register`);
    const text = '가로등이 사흘째 켜지지 않습니다. 아이들이 다니는 길입니다.';
    await page.locator('textarea[name=body]').fill(text);
    await page.locator('input[name=title]').fill('가로등 고장');
    await hub.store.pool.query('delete from sessions');
    await page.locator('form[action="/register"] button.primary').first().click();
    await page.getByRole('heading', { name: '로그인이 끝났습니다' }).waitFor();
    await shoot(page, 'session-over');
    expect(await findAxeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '시청 통합 로그인' }).click();
    await page.waitForURL((url) => url.origin === oidc.issuer);
    // Cancelled at the provider, and begun again from the page that says so.
    await page.locator('a[href$="/abort"]').click();
    await atHub(page);
    await page.getByText('취소했거나 거절했습니다').waitFor();
    await page.getByRole('button', { name: '다시 시도' }).click();
    await signInThere(page, 'counsel');
    await page.locator('textarea[name=body]').waitFor();
    expect(await page.locator('textarea[name=body]').inputValue()).toBe(text);
    expect(await page.locator('input[name=title]').inputValue()).toBe('가로등 고장');
    await shoot(page, 'kept');
  });
});
