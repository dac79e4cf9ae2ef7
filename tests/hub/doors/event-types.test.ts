import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { eventTypes, toAgencyEvent } from '../../../schemas/index.ts';
import { call } from './call.ts';
import { type OpenDoors, openDoors } from './open-doors.ts';

interface Listed {
  type: string;
  cloudEvent: string;
  name: { ko: string; en: string };
  fields: string[];
}
let doors: OpenDoors;
let listed: Listed[];
beforeAll(async () => {
  doors = await openDoors();
  listed = (await call<{ eventTypes: Listed[] }>(doors, undefined, 'GET', '/event-types')).body.eventTypes;
});
afterAll(() => doors.close());

it('the catalogue names every kind of event with the fields that events of this kind have', () => {
  const common = ['seq', 'type', 'at', 'by'];
  const events = Object.values(samples).map((event) => toAgencyEvent(toChange(event).event));
  expect(listed.map(({ type }) => type).toSorted()).toEqual(eventTypes.toSorted());
  for (const event of events) {
    const fields = Object.keys(event).filter((field) => !common.includes(field));
    expect(listed.find(({ type }) => type === event.type)).toMatchObject({
      cloudEvent: `minwon.complaint.${event.type}.v1`,
      fields: expect.arrayContaining(fields),
    });
  }
});

it('the guide of webhooks has the same catalogue', () => {
  const guide = readFileSync(new URL('../../../adapters/webhook/README.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^ *\| `(\w+)` \| ([^:|]+): [^|]+\| ([^|]+) \|$/gm)];
  expect(rows.map(([, type, ko, fields = '']) => [type, ko, fields.replaceAll('`', '').split(', ')])).toEqual(
    listed.map(({ type, name, fields }) => [type, name.ko, fields]),
  );
});
