import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { toDoorTypes } from './door-types/to-door-types.ts';

let hub: TestHub;
beforeAll(async () => {
  const agency = { code: 'own', name: { ko: '기관' }, officers: [{ name: '담당' }] };
  hub = await startTestHub([agency], { rules: [], default: 'own' });
});
afterAll(() => hub?.stop());

it('the types of the TypeScript client are those of the OpenAPI document; else: npm run client-types', async () => {
  const document = await (await fetch(`${hub.url}/api/v1/openapi.json`)).text();
  const file = new URL('../../../adapters/clients/typescript/src/door-types.ts', import.meta.url);
  const isSame = readFileSync(file, 'utf8') === (await toDoorTypes(document));
  expect(isSame, 'the document changed: run npm run client-types, and commit what it writes').toBe(true);
});
