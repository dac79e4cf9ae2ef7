import { complaintKinds, statuses } from '../../../../schemas/index.ts';
import { sortings } from '../../../complaints/reading/search.ts';
import { deadlines, owners } from '../../../complaints/reading/work-conditions.ts';
import type { Typed } from '../../../web/forms.ts';

/** The values that a condition of the list may have, and the area of their words. */
const choices: Record<string, readonly [values: readonly string[], words: string]> = {
  status: [statuses, 'status'],
  kind: [complaintKinds, 'kind'],
  deadline: [deadlines, 'deadline'],
  owner: [owners, 'owner'],
  sort: [sortings, 'sorting'],
};
/** What else the address of the list may say: free text, agencies, and what the page itself adds. */
const others: ReadonlySet<string> = new Set([
  'text',
  'origin',
  'assignee',
  'after',
  'before',
  'done',
  'all',
  'problem',
  'name',
]);
const agencies = ['origin', 'assignee'] as const;
/** An address that somebody made up may have any number of them. */
const mostTold = 5;

/** A condition of the address that the list does not heed, or that nothing can fulfil, and why. */
export interface IgnoredFilter {
  why: 'name' | 'value' | 'agency';
  name: string;
  value: string;
  /** What it could be. Empty: nothing to choose from. */
  known: readonly string[];
  words: string;
}

/** A saved or typed address may have conditions that there are not, or not any more: the list says so. */
export function findIgnored(asked: Typed, isAgency: (code: string) => boolean): IgnoredFilter[] {
  const given = Object.entries(asked).flatMap(([name, value]) => (value ? [{ name, value }] : []));
  const found = given.flatMap(({ name, value }): IgnoredFilter[] => {
    const [known, words = ''] = Object.hasOwn(choices, name) ? (choices[name] ?? []) : [];
    if (known) return known.includes(value) ? [] : [{ why: 'value', name, value, known, words }];
    if (agencies.some((one) => one === name))
      return isAgency(value) ? [] : [{ why: 'agency', name, value, known: [], words: '' }];
    return others.has(name) ? [] : [{ why: 'name', name, value, known: [], words: '' }];
  });
  return found.slice(0, mostTold);
}
