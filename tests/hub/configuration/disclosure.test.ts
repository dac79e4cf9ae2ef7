import { expect, test } from 'vitest';
import { checkDocument } from '../../../hub/configuration/document.ts';
import { wordReason } from '../../../schemas/reason.ts';

const check = (disclosure: object) =>
  checkDocument({
    kind: 'agency',
    name: 'town',
    body: { code: 'town', name: { ko: '마을' }, officers: [{ name: '김' }], disclosure },
  }).map(({ pointer, reason }) => [pointer, wordReason(reason, 'en')]);

test('a policy of known items, roles and stand-ins is right', () => {
  expect(
    check({
      ...{ origin: [], assignee: ['name', 'company', 'reply', 'email', 'phone', 'files'], part: ['files'] },
      ...{ copy: [], standIns: { phone: '+82100000000', email: 'none@hub.invalid', company: '비공개' } },
    }),
  ).toEqual([]);
});

test('an item, a role or a stand-in that nobody knows is told by its place, with what would be right', () => {
  const [item] = check({ assignee: ['name', 'birthDate'] });
  expect(item?.[0]).toBe('/disclosure/assignee/1');
  for (const known of ['name', 'company', 'reply', 'email', 'phone', 'files'])
    expect(item?.[1]).toContain(known);
  expect(check({ reader: ['name'] })[0]?.[0]).toMatch(/^\/disclosure/);
  expect(check({ standIns: { name: '비공개' } })[0]?.[0]).toMatch(/^\/disclosure\/standIns/);
  expect(check({ standIns: { phone: '비공개' } })[0]?.[0]).toBe('/disclosure/standIns/phone');
  expect(check({ copy: ['name', 'name'] })[0]?.[0]).toBe('/disclosure/copy');
});
