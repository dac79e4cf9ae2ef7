import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SamlProvider } from '../../../../../hub/access/sign-on/sign-on-schema.ts';
import { type Said, type SamlServer, startSamlServer } from '../../../../support/identity/saml-server.ts';
import { createSelfSigned } from '../../../../support/identity/self-signed.ts';
import { createVisitor } from '../../console-server.ts';
import { readUser, type SignOnHub, startSignOnHub } from './sign-on-hub.ts';

let idp: SamlServer;
let hub: SignOnHub;
let office: SamlProvider;
let folder: string;
const groups = 'http://schemas.xmlsoap.org/claims/Group';

beforeAll(async () => {
  idp = await startSamlServer();
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-saml-'));
  const own = await createSelfSigned('hub');
  await writeFile(join(folder, 'hub.pem'), own.cert);
  office = {
    name: 'office',
    kind: 'saml',
    label: { ko: '교육청 통합 로그인', en: 'Office sign-on' },
    contact: { ko: '전산팀', en: 'IT' },
    metadata: idp.metadataUrl,
    key: 'env:KEY',
    certificate: join(folder, 'hub.pem'),
    roles: [
      { when: { [groups]: ['minwon'] }, role: 'officer', agency: 'road' },
      { when: { [groups]: ['audit'] }, role: 'auditor' },
    ],
    accounts: { create: 'yes', email: 'mail', name: 'displayName', login: 'uid' },
  };
  hub = await startSignOnHub([office, { ...office, name: 'begins', idpInitiated: 'yes' }], () => own.key);
  idp.people.kim = {
    [groups]: ['staff', 'minwon'],
    uid: 'kim',
    displayName: '김도로',
    mail: 'kim@office.example',
  };
}, 120_000);
beforeEach(async () => {
  idp.isEncrypting = false;
  idp.isWeak = false;
  await meet(hub.url);
  await hub.store.pool.query(
    `delete from sign_on_sessions; delete from sign_on_subjects; delete from sign_on_tries; delete from sessions;
     delete from known_devices; delete from audit_entries; delete from users where password_hash is null`,
  );
});
afterAll(async () => {
  await hub?.close();
  await idp?.close();
  await rm(folder, { recursive: true, force: true });
});

async function meet(url: string, name = 'office') {
  idp.meet((await createVisitor(url).get(`/sign-in/with/${name}/metadata`)).text);
}

const elsewhere = { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' };

async function begin(visitor = hub.visit(), to = '/') {
  const begun = await visitor.get(`/sign-in/with/office?to=${encodeURIComponent(to)}`);
  const request = await idp.read(begun.headers.get('location') ?? '');
  return { visitor, request };
}
/** Brings a response as the provider's form does: from another site, without cookies. Then goes on as the browser. */
async function bring(visitor: ReturnType<SignOnHub['visit']>, response: string, relayState: string) {
  const form = { SAMLResponse: response, RelayState: relayState };
  const taken = await hub.visit().post('/sign-in/with/office/acs', form, elsewhere);
  if (taken.status !== 303) return taken;
  return visitor.get(taken.headers.get('location') ?? '');
}
async function goThrough(said: Said = {}, change = (xml: string) => xml) {
  const { visitor, request } = await begin();
  const response = await idp.respond(said, request);
  const changed = Buffer.from(change(Buffer.from(response, 'base64').toString())).toString('base64');
  return { visitor, request, response, answer: await bring(visitor, changed, request.relayState) };
}

describe('signing in', () => {
  test('signs the request, takes the form from elsewhere, and goes on where the person wanted', async () => {
    const { visitor, request } = await begin(hub.visit(), '/parked');
    expect(request.id).toMatch(/^_[0-9a-f]{40}$/);
    const answer = await bring(visitor, await idp.respond({}, request), request.relayState);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/parked');
    expect(await readUser(hub.store, 'kim')).toMatchObject({
      role: 'officer',
      agency: 'road',
      name: '김도로',
      email: null,
    });
    expect((await visitor.get('/account')).status).toBe(200);
  });

  test('reads an encrypted assertion', async () => {
    idp.isEncrypting = true;
    const { response, answer } = await goThrough();
    expect(Buffer.from(response, 'base64').toString()).not.toContain('김도로');
    expect(answer.status).toBe(303);
    expect(await readUser(hub.store, 'kim')).toMatchObject({ name: '김도로' });
  });

  test('describes itself, with where forms go and its key', async () => {
    const { text, headers } = await hub.visit().get('/sign-in/with/office/metadata');
    expect(headers.get('content-type')).toContain('application/samlmetadata+xml');
    expect(text).toContain(`Location="${hub.url}/sign-in/with/office/acs"`);
    expect(text).toContain('WantAssertionsSigned="true"');
    expect(text).toContain('AuthnRequestsSigned="true"');
  });

  test('only in the browser that began', async () => {
    const { request } = await begin();
    const answer = await bring(hub.visit(), await idp.respond({}, request), request.relayState);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('이 브라우저에서 시작한 로그인이 아니거나');
  });
});

describe('responses that are not taken', () => {
  const refusals: [string, Said, number, string][] = [
    ['for another audience', { audience: 'https://other.example' }, 403, '다른 서비스에 대한 응답'],
    ['for whoever gets it', { audience: null }, 403, '다른 서비스에 대한 응답'],
    ['to another recipient', { recipient: 'https://other.example/acs' }, 403, '다른 서비스에 대한 응답'],
    ['to another destination', { destination: 'https://other.example/acs' }, 403, '다른 서비스에 대한 응답'],
    ['of another issuer', { issuer: 'https://evil.example' }, 403, '확인할 수 없어'],
    ['that is over', { notOnOrAfter: -31 }, 400, '시각이 다릅니다'],
    ['whose confirmation is over', { confirmedUntil: -31 }, 400, '시각이 다릅니다'],
    ['whose confirmation has no end', { confirmedUntil: null }, 403, '확인할 수 없어'],
    ['without a sign-in', { context: null }, 403, '확인할 수 없어'],
    ['that is not valid yet', { notBefore: 60 }, 400, '시각이 다릅니다'],
    ['to another request', { inResponseTo: '_other' }, 403, '확인할 수 없어'],
    ['that name the request outside the signature alone', { confirmedRequest: null }, 403, '확인할 수 없어'],
    ['to no request', { inResponseTo: null }, 403, '확인할 수 없어'],
    [
      'with a name for once only',
      { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
      403,
      '확인할 수 없어',
    ],
    ['of somebody without a role', { attributes: { [groups]: 'staff' } }, 403, '맡은 역할이 없습니다'],
  ];
  test.each(refusals)('%s', async (_what, said, status, words) => {
    const { answer } = await goThrough(said);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect(await readUser(hub.store, 'kim')).toBeUndefined();
  });

  test.each([
    ['over by less than the clocks may differ', { notOnOrAfter: -15 }],
    ['valid in less than that', { notBefore: 15 }],
  ])('but one that is %s is', async (_what, said) => {
    expect((await goThrough(said)).answer.status).toBe(303);
  });

  test('a refusal of the provider is told as one', async () => {
    const { answer } = await goThrough({}, (xml) =>
      xml
        .replace(/<saml:Assertion.*<\/saml:Assertion>/s, '')
        .replace(
          'status:Success"/>',
          'status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode>',
        ),
    );
    expect(answer.text).toContain('취소했거나 거절했습니다');
    expect(answer.text).toContain('denied/AuthnFailed');
  });

  test('a second time, in whichever process', async () => {
    const { request, response } = await goThrough();
    const again = await hub
      .visit()
      .post(
        '/sign-in/with/office/acs',
        { SAMLResponse: response, RelayState: request.relayState },
        elsewhere,
      );
    expect(again.status).toBe(400);
    const other = await begin();
    const moved = await bring(other.visitor, response, other.request.relayState);
    expect(moved.status).toBe(403);
  });

  test('unasked, unless the settings allow it; then once', async () => {
    await meet(hub.url);
    const unasked = await idp.respond({});
    expect(
      (await hub.visit().post('/sign-in/with/office/acs', { SAMLResponse: unasked }, elsewhere)).status,
    ).toBe(400);
    await meet(hub.url, 'begins');
    const form = { SAMLResponse: await idp.respond({}) };
    const visitor = hub.visit();
    const take = () => hub.visit().post('/sign-in/with/begins/acs', form, elsewhere);
    const first = (await take()).headers.get('location') ?? '';
    const second = (await take()).headers.get('location') ?? '';
    expect((await visitor.get(first)).status).toBe(303);
    const repeated = await hub.visit().get(second);
    expect(repeated.status).toBe(400);
    expect(repeated.text).toContain('이미 사용한 응답입니다');
  });

  test('a form from elsewhere is taken nowhere else', async () => {
    const { visitor } = await goThrough();
    expect((await visitor.post('/sign-in', { login: 'admin', password: 'x' }, elsewhere)).status).toBe(403);
    expect((await visitor.post('/sign-in/with/office', { to: '/' }, elsewhere)).status).toBe(403);
  });
});

/** Attacks that move what was signed, and put something else where it is read (McIntosh and Austel 2005; Somorovsky et al. 2012). */
describe('a signed response that was altered', () => {
  const cut = (xml: string) => /<saml:Assertion .*<\/saml:Assertion>/s.exec(xml)?.[0] ?? '';
  const toEvil = (assertion: string) =>
    assertion
      .replace(/ ID="[^"]+"/, ' ID="_evil"')
      .replace(/<ds:Signature.*<\/ds:Signature>/s, '')
      .replace('>staff<', '>audit<')
      .replace('id-of-kim', 'id-of-chief')
      .replace('>minwon<', '>none<');
  const attacks: [string, (xml: string) => string][] = [
    ['with another value', (xml) => xml.replace('>staff<', '>audit<')],
    ['with another name', (xml) => xml.replace('id-of-kim', 'id-of-chief')],
    ['without its signature', (xml) => xml.replace(/<ds:Signature.*?<\/ds:Signature>/s, '')],
    ['with a forged assertion before it', (xml) => xml.replace(cut(xml), `${toEvil(cut(xml))}${cut(xml)}`)],
    ['with a forged assertion after it', (xml) => xml.replace(cut(xml), `${cut(xml)}${toEvil(cut(xml))}`)],
    [
      'with what was signed inside the forged one',
      (xml) =>
        xml.replace(cut(xml), toEvil(cut(xml)).replace('</saml:Assertion>', `${cut(xml)}</saml:Assertion>`)),
    ],
    [
      'with what was signed inside the signature of the forged one',
      (xml) => {
        const signed = cut(xml);
        const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(signed)?.[0] ?? '';
        const wrapped = signature.replace(
          '</ds:Signature>',
          `<ds:Object>${signed.replace(signature, '')}</ds:Object></ds:Signature>`,
        );
        return xml.replace(signed, toEvil(signed).replace('</saml:Issuer>', `</saml:Issuer>${wrapped}`));
      },
    ],
    [
      'with what was signed among extensions',
      (xml) => xml.replace(cut(xml), `<samlp:Extensions>${cut(xml)}</samlp:Extensions>${toEvil(cut(xml))}`),
    ],
    [
      'with the same id twice',
      (xml) =>
        xml.replace(
          cut(xml),
          `${toEvil(cut(xml)).replace('_evil', / ID="([^"]+)"/.exec(cut(xml))?.[1] ?? '')}${cut(xml)}`,
        ),
    ],
    ['with an entity', (xml) => `<!DOCTYPE x [<!ENTITY y "audit">]>${xml}`],
    ['with a weaker algorithm', (xml) => xml.replace('xmldsig-more#rsa-sha256', 'xmldsig#rsa-sha1')],
    [
      'signed by a secret',
      (xml) =>
        xml.replace(
          'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
          'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
        ),
    ],
  ];
  test.each(attacks)('%s', async (_what, change) => {
    let changed = false;
    const { answer } = await goThrough({}, (xml) => {
      const other = change(xml);
      changed = other !== xml;
      return other;
    });
    expect(changed).toBe(true);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('확인할 수 없어 받지 않았습니다');
    const { rows } = await hub.store.pool.query('select 1 from users where password_hash is null');
    expect(rows).toEqual([]);
  });

  test('signed rightly by an algorithm that is broken', async () => {
    idp.isWeak = true;
    const { response, answer } = await goThrough();
    expect(Buffer.from(response, 'base64').toString()).toContain('xmldsig#rsa-sha1');
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('untrusted/algorithm');
  });

  test('longer than any response is, before it is read', async () => {
    const { answer } = await goThrough({}, (xml) => `${xml}${' '.repeat(400_000)}`);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('untrusted/response_too_large');
  });

  test('to another request, says its unsigned part', async () => {
    const { answer } = await goThrough({}, (xml) =>
      xml.replace(/InResponseTo="[^"]+"/, 'InResponseTo="_other"'),
    );
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('untrusted/in_response_to');
  });

  test('a comment inside a name cuts nothing off', async () => {
    const { answer } = await goThrough(
      { attributes: { [groups]: 'minwon', uid: 'kim' }, nameId: 'chief.evil' },
      (xml) => xml.replace('chief.evil', 'chief<!-- -->.evil'),
    );
    // Comments are not signed (exclusive canonicalisation), so it is taken, and the whole name counts.
    expect(answer.status).toBe(303);
    const { rows } = await hub.store.pool.query('select subject from sign_on_subjects');
    expect(rows).toEqual([{ subject: 'chief.evil' }]);
  });

  test('signed by somebody else', async () => {
    const { visitor, request } = await begin();
    const other = await startSamlServer();
    other.meet((await hub.visit().get('/sign-in/with/office/metadata')).text);
    const response = await other.respond({ issuer: idp.entityId, attributes: idp.people.kim ?? {} }, request);
    await other.close();
    expect((await bring(visitor, response, request.relayState)).status).toBe(403);
  });
});

test('no line of the log has a word of the response', async () => {
  hub.lines.length = 0;
  const good = await goThrough();
  await goThrough({ audience: 'https://other.example' });
  const log = hub.lines.join('');
  expect(log).toContain('sign-on refused');
  for (const word of [
    good.request.relayState,
    good.response.slice(0, 60),
    good.request.id,
    'kim@office',
    '김도로',
    'other.example',
  ])
    expect(log).not.toContain(word);
});

test('a changed key of the provider is known once its metadata are a minute old', async () => {
  await idp.rotate();
  expect((await goThrough()).answer.status).toBe(403);
  const now = Date.now;
  const spy = vi.spyOn(Date, 'now').mockImplementation(() => now() + 61_000);
  expect((await goThrough()).answer.status).toBe(303);
  spy.mockRestore();
});
