import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conditionNames } from '../../../hub/alerts/conditions.ts';
import { consoleTexts as texts } from '../../../hub/console/console-texts.ts';
import { differences, sideNames, sides } from '../../../hub/exchange/ledger/ledger.ts';
import { templateNames } from '../../../hub/templates/template-names.ts';
import { toDayText, toRelativeText, toTimeText } from '../../../hub/web/formats.ts';
import { errorPages } from '../../../hub/web/page-error.ts';
import { createWording } from '../../../hub/web/texts.ts';
import { toNational } from '../../../hub/words/to-national.ts';
import { channels, complaintKinds, eventTypes, linkRoles, statuses } from '../../../schemas/index.ts';

const { toText } = createWording(texts);
const hub = new URL('../../../hub/', import.meta.url);
const views = readdirSync(hub, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.liquid'),
);

test('every text that a view names exists', () => {
  expect(views.length).toBeGreaterThan(30);
  for (const file of views) {
    const source = readFileSync(new URL(file, hub), 'utf8');
    const named = [
      ...source.matchAll(/'([a-z_]+\.[a-z_]+)' \| t|(?:label|hint|choose|none): '([a-z_]+\.[a-z_]+)'/g),
    ];
    for (const [, key = '', argument = ''] of named)
      expect(texts, `${file}: ${key || argument}`).toHaveProperty([key || argument]);
  }
});

test('every word of the domain and every error has its text', () => {
  const words = {
    status: statuses,
    kind: complaintKinds,
    channel: channels,
    link_role: linkRoles,
    event: eventTypes,
    template: templateNames,
    ledger_side: sideNames,
    ledger_state: [...Object.values(sides).flat(), 'difference', ...differences],
    condition: conditionNames,
  };
  for (const [area, list] of Object.entries(words))
    for (const word of list) expect(toText(`${area}.${word}`, 'ko')).toBeTruthy();
  for (const error of [...Object.keys(errorPages), 'not_understood'])
    for (const part of ['title', 'text']) expect(toText(`error.${error}.${part}`, 'en')).toBeTruthy();
});

test('every text exists in both languages, with the same values', () => {
  for (const [key, [ko, en]] of Object.entries(texts)) {
    expect([ko, en].every(Boolean), key).toBe(true);
    expect(ko.match(/\{\d\}/g)?.toSorted(), key).toEqual(en.match(/\{\d\}/g)?.toSorted());
    expect(en, key).not.toMatch(/[가-힣]/);
  }
  expect(() => toText('no.such', 'ko')).toThrow('no.such');
});

test('times are Korean, wherever the server stands', () => {
  const at = new Date('2026-11-20T15:30:00Z');
  expect(toTimeText(at, 'ko')).toBe('2026. 11. 21. 00:30');
  expect(toTimeText(at, 'en')).toBe('21 Nov 2026, 00:30');
  expect(toDayText('2026-11-09', 'ko')).toBe('2026. 11. 9.');
  expect(toDayText('2026-11-09', 'en')).toBe('9 Nov 2026');
  expect(toRelativeText(at, 'ko', at.getTime() + 3 * 86_400_000 + 1000)).toBe('3일 전');
  expect(toRelativeText(at, 'en', at.getTime() - 2 * 3_600_000)).toBe('in 2 hours');
});

test('telephone numbers are shown as people here write them', () => {
  expect(toNational('+821012345678')).toBe('010-1234-5678');
  expect(toNational('+8210****5678')).toBe('+8210****5678');
  expect(toNational('+14155552671')).toBe('+14155552671');
});
