import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { mapPerson, readClaim } from '../../../hub/access/sign-on/map-person.ts';
import { readSignOn, readSignOnFile } from '../../../hub/configuration/sign-on-file.ts';

const guide = readFileSync(new URL('../../../docs/accounts.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```yaml\n(providers:[\s\S]*?)```/g)].map(([, text = '']) => text);

describe('the examples of the guide', () => {
  it('are good', () => {
    expect(examples).toHaveLength(2);
    for (const text of examples) expect(readSignOn(text).problems).toEqual([]);
  });

  it('map people as they say', () => {
    const [city, office] = examples.map((text) => readSignOn(text).providers[0]);
    const isAgency = (code: string) => ['road', 'tax'].includes(code);
    const map = (of: typeof city, claims: object) => mapPerson(of?.roles ?? [], claims as never, isAgency);
    expect(map(city, { realm_access: { roles: ['minwon-admin'] }, groups: ['minwon-officer'] })).toEqual({
      role: 'administrator',
      agency: null,
      department: undefined,
    });
    expect(map(city, { groups: ['minwon-officer'], organisation: '세무과', department: '징수계' })).toEqual({
      role: 'officer',
      agency: 'tax',
      department: '징수계',
    });
    expect(map(city, { groups: ['minwon-officer'], organisation: '교통과' })).toBeUndefined();
    expect(map(city, {})).toBeUndefined();
    expect(map(office, { 'http://schemas.xmlsoap.org/claims/Group': ['a', '민원담당'] })).toMatchObject({
      agency: 'road',
    });
  });
});

test('a claim is read by its whole name first, and never from what every object has', () => {
  expect(readClaim({ 'a.b': 'whole', a: { b: 'inside' } }, 'a.b')).toEqual(['whole']);
  expect(readClaim({ a: { b: ['x', 2, true, '', null, {}] } }, 'a.b')).toEqual(['x', '2', 'true']);
  expect(readClaim({}, 'constructor.name')).toEqual([]);
});

test('all mistakes are told together, with their lines', () => {
  const text = `providers:
  - name: City
    kind: oidc
    label: { ko: 가, en: a }
    contact: { ko: 가, en: a }
    issuer: http://sso.example
    clientId: hub
    clientSecret: written-out
    roles: [{ when: {}, role: king }]
    more: 1
  - name: office
    kind: saml
    label: { ko: 가, en: a }
    contact: { ko: 가, en: a }
    roles: [{ when: { a: [b] }, role: officer }]
`;
  const lines = readSignOn(text).problems.map(({ line, pointer }) => `${line} ${pointer}`);
  expect(lines.toSorted()).toEqual(
    [
      '2 /providers/0/name',
      '8 /providers/0/clientSecret',
      '9 /providers/0/roles/0/role',
      '9 /providers/0/roles/0/when',
      '10 /providers/0/more',
      '11 /providers/1/metadata',
    ].toSorted(),
  );
});

test('what the schema cannot say', () => {
  const text = `providers:
  - { name: city, kind: oidc, label: { ko: 가, en: a }, contact: { ko: 가, en: a }, issuer: 'http://sso.example', clientId: hub,
      scopes: [email], roles: [{ when: { a: [b] }, role: officer }, { when: { a: [c] }, role: auditor, agency: road }] }
  - { name: city, kind: saml, label: { ko: 가, en: a }, contact: { ko: 가, en: a }, metadata: 'http://x.example/m', key: 'env:K',
      roles: [{ when: { a: [b] }, role: auditor }] }
`;
  expect(readSignOn(text).problems.map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
    '/providers/0/roles/0: a rule for officer names its agency',
    '/providers/0/roles/1/agency: auditor belongs to no agency',
    '/providers/0/issuer: must begin with https://',
    '/providers/0/scopes: must have openid',
    '/providers/1/name: is the name of another provider',
    '/providers/1/metadata: must begin with https://, or be the path of a file',
    '/providers/1/key: key and certificate belong together',
  ]);
});

test('a file that is not there is a mistake of the settings', () => {
  expect(() => readSignOnFile('/nowhere/sign-on.yaml')).toThrow(
    'SIGN_ON_FILE: /nowhere/sign-on.yaml cannot be read (ENOENT)',
  );
  expect(readSignOnFile(undefined)).toEqual([]);
});
