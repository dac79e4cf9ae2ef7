import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSaml } from '../../../hub/access/sign-on/saml.ts';
import { SignOnError } from '../../../hub/access/sign-on/sign-on-error.ts';
import { findSignOnCertificates } from '../../../hub/alerts/find-sign-on-certificates.ts';
import type { FindDependencies } from '../../../hub/alerts/finding.ts';
import { type SamlServer, startSamlServer } from '../../support/identity/saml-server.ts';

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const find = (listSignOns: FindDependencies['listSignOns']) =>
  findSignOnCertificates({ listSignOns } as FindDependencies);
const ending = (name: string, ...ends: [of: 'provider' | 'hub', days: number][]) => ({
  name,
  listCertificates: async () => ends.map(([of, days]) => ({ of, endsAt: inDays(days) })),
});

it('names what ends within 30 days, the hub’s own too, and not a key that has a successor', async () => {
  const soon = inDays(29).toISOString().slice(0, 10);
  const found = await find(() => [
    ending('fine', ['provider', 31], ['hub', 31]),
    ending('old', ['provider', 29]),
    ending('changing', ['provider', 3], ['provider', 300]),
    ending('own', ['provider', 300], ['hub', 29]),
    { name: 'away', listCertificates: () => Promise.reject(new SignOnError('away', 'timeout')) },
  ]);
  expect(found).toEqual([
    {
      subject: 'sign-in',
      count: 2,
      items: [
        { code: 'said', said: `old (provider): ${soon}` },
        { code: 'said', said: `own (hub): ${soon}` },
      ],
    },
  ]);
  expect(await find(() => [ending('fine', ['provider', 31])])).toEqual([]);
});

let idp: SamlServer;
beforeAll(async () => {
  idp = await startSamlServer();
}, 60_000);
afterAll(() => idp.close());

it('reads the end from the metadata of a real provider', async () => {
  await idp.rotate(10);
  const contact = { ko: '가', en: 'a' };
  const { listCertificates, check } = openSaml(
    { name: 'office', kind: 'saml', label: contact, contact, metadata: idp.metadataUrl, roles: [] },
    () => '',
  );
  expect(await find(() => [{ name: 'office', listCertificates }])).toHaveLength(1);
  const said = await check();
  expect(said).toContainEqual({ isGood: true, says: `metadata: ${idp.entityId}` });
  expect(said.filter(({ isGood }) => !isGood).map(({ says }) => says)).toContainEqual(
    expect.stringMatching(/^the provider's certificate ends on \d{4}-\d\d-\d\d, in (9|10) days$/),
  );
});
