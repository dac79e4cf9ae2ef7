import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import spectralRulesets from '@stoplight/spectral-rulesets';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from './call.ts';
import { type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
let document: object;
beforeAll(async () => {
  doors = await openDoors();
  document = (await call<object>(doors, undefined, 'GET', '/openapi.json')).body;
});
afterAll(() => doors.close());

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
