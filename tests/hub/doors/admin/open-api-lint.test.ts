import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import spectralRulesets from '@stoplight/spectral-rulesets';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from '../call.ts';
import { type OpenAdmin, openAdmin } from './open-admin.ts';

let admin: OpenAdmin;
let document: object;
beforeAll(async () => {
  admin = await openAdmin();
  document = (await admin.ask<object>('GET', '/openapi.json')).body;
});
afterAll(() => admin.close());

it('Redocly finds nothing to improve, by its strict rules', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});

it('Spectral finds nothing to improve, by its rules for OpenAPI', async () => {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset({ extends: [spectralRulesets.oas as RulesetDefinition] });
  const problems = await spectral.run(JSON.stringify(document));
  expect(problems.map(({ code, message, path }) => [code, message, path.join('.')])).toEqual([]);
});

it('stands in no document that agencies read, and is for callers with a key', async () => {
  const { body } = await call<{ paths: object }>(admin.doors, undefined, 'GET', '/openapi.json');
  expect(Object.keys(body.paths).filter((path) => path.includes('/admin'))).toEqual([]);
  expect((await call(admin.doors, undefined, 'GET', '/admin/openapi.json')).status).toBe(401);
});
