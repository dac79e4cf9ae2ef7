import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { verifyConfiguration } from '../../../adapters/agent/verify-configuration.ts';

const hub = generateKeyPairSync('ed25519');
const hubKey = hub.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const toDocument = (agency: string, version: number) =>
  JSON.stringify({
    agency,
    version,
    timeZone: 'Asia/Seoul',
    heartbeatEvery: 30,
    board: { adapter: 'rest', settings: {} },
    // Said by a newer hub than this agent knows.
    more: true,
  });
const signWith = (key: typeof hub.privateKey, document: string) => ({
  document,
  signature: sign(null, Buffer.from(document), key).toString('base64'),
});
const trusted = { hubKey, agency: 'far', newest: 7 };

it('takes what the hub signed for this agency', () => {
  const signed = signWith(hub.privateKey, toDocument('far', 7));
  expect(verifyConfiguration(signed, trusted).version).toBe(7);
});

it('refuses what another signed, and what was changed after signing', () => {
  const other = generateKeyPairSync('ed25519').privateKey;
  expect(() => verifyConfiguration(signWith(other, toDocument('far', 8)), trusted)).toThrow(/not signed/);
  const { signature } = signWith(hub.privateKey, toDocument('far', 8));
  expect(() => verifyConfiguration({ document: toDocument('far', 9), signature }, trusted)).toThrow(
    /not signed/,
  );
  expect(() => verifyConfiguration({ document: toDocument('far', 9), signature: '' }, trusted)).toThrow(
    /not signed/,
  );
});

it('refuses what is meant for another agency, and a version that is over', () => {
  expect(() => verifyConfiguration(signWith(hub.privateKey, toDocument('near', 8)), trusted)).toThrow(
    /for near/,
  );
  expect(() => verifyConfiguration(signWith(hub.privateKey, toDocument('far', 6)), trusted)).toThrow(
    /older than 7/,
  );
});
