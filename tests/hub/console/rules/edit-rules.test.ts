import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editClock } from '../../../../hub/console/rules/clock/edit-clock.ts';
import { editRouting } from '../../../../hub/console/rules/routing/edit-routing.ts';

const routing = `# Who answers what.
rules:
  # Exports first.
  - when: { category: [수출] }
    to: kotra # by agreement of 2025
  - when: { keyword: [관세 환급] }
    to: customs
default: centre # nobody else
`;

describe('editRouting', () => {
  it('adds a rule where it was asked for, on lines as the others', () => {
    const rule = { when: { region: ['부산'], kind: ['grievance' as const] }, to: 'busan', note: '협약' };
    expect(editRouting(routing, { kind: 'add', rule, at: 1 })).toBe(`# Who answers what.
rules:
  # Exports first.
  - when: { category: [수출] }
    to: kotra # by agreement of 2025
  - when: { region: [부산], kind: [grievance] }
    to: busan
    note: 협약
  - when: { keyword: [관세 환급] }
    to: customs
default: centre # nobody else
`);
  });

  it('begins a list in the file that comes with the hub', () => {
    const rule = { when: { keyword: ['통관'] }, to: 'customs' };
    const text = editRouting('# words\nrules: []\ndefault: centre\n', { kind: 'add', rule, at: 0 });
    expect(text).toBe('# words\nrules:\n  - when: { keyword: [통관] }\n    to: customs\ndefault: centre\n');
  });

  it('moves, replaces and removes, and keeps what was written beside', () => {
    const moved = editRouting(routing, { kind: 'move', at: 1, to: 0 });
    expect(parse(moved).rules.map(({ to }: { to: string }) => to)).toEqual(['customs', 'kotra']);
    expect(moved).toContain('# by agreement of 2025');
    const rule = { when: { category: ['수입'] }, to: 'customs' };
    const replaced = editRouting(routing, { kind: 'replace', rule, at: 0 });
    expect(parse(replaced).rules).toEqual([rule, { when: { keyword: ['관세 환급'] }, to: 'customs' }]);
    expect(replaced).toContain('# Exports first.');
    expect(parse(editRouting(routing, { kind: 'remove', at: 0 })).rules).toHaveLength(1);
  });

  it('sets the default', () => {
    expect(editRouting(routing, { kind: 'default', to: 'hub' })).toContain('default: hub # nobody else\n');
  });
});

const clock = `# What differs.
holidays: {}
#  2027-05-04: 임시공휴일

# New periods.
periods: []
`;

describe('editClock', () => {
  it('names days in the order of the year, and drops them', () => {
    const name = (text: string, date: string) =>
      editClock(text, { kind: 'name-day', list: 'holidays', date, name: '임시공휴일' });
    const two = name(name(clock, '2028-05-02'), '2027-10-01');
    expect(parse(two)).toEqual({
      holidays: { '2027-10-01': '임시공휴일', '2028-05-02': '임시공휴일' },
      periods: [],
    });
    expect(two.indexOf('2027-10-01')).toBeLessThan(two.indexOf('2028-05-02'));
    expect(two).toContain('# New periods.');
    const dropped = editClock(two, { kind: 'drop-day', list: 'holidays', date: '2027-10-01' });
    expect(parse(dropped).holidays).toEqual({ '2028-05-02': '임시공휴일' });
  });

  it('adds and drops periods, also in an empty document', () => {
    const period = { kind: 'other' as const, hours: 8, from: '2027-01-01', source: '규정 제5조' };
    const text = editClock('', { kind: 'add-period', period });
    expect(text).toBe('periods:\n  - { kind: other, hours: 8, from: 2027-01-01, source: 규정 제5조 }\n');
    expect(parse(editClock(text, { kind: 'drop-period', at: 0 }))).toEqual({ periods: [] });
    const day = editClock('', { kind: 'name-day', list: 'workingDays', date: '2027-01-02', name: '근무' });
    expect(parse(day)).toEqual({ workingDays: { '2027-01-02': '근무' } });
  });
});
