import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import type { Period } from '../../../clock/periods.ts';
import { listOf, mapOf, toText } from '../yaml-layout.ts';

/** The two lists of days: more days off, and days that the built-in calendar wrongly has off. */
export type DayList = 'holidays' | 'workingDays';

export type ClockEdit =
  | { kind: 'name-day'; list: DayList; date: string; name: string }
  | { kind: 'drop-day'; list: DayList; date: string }
  | { kind: 'add-period'; period: Period }
  /** `at`: position among the periods of the document, from 0. */
  | { kind: 'drop-period'; at: number };

/** The text of the clock after one change. Comments stay. The text must be readable YAML, or empty. */
export function editClock(source: string, edit: ClockEdit): string {
  const document = parseDocument(source);
  if (edit.kind === 'name-day') nameDay(document, edit);
  else if (edit.kind === 'drop-day') document.deleteIn([edit.list, edit.date]);
  else if (edit.kind === 'add-period') addPeriod(document, edit.period);
  else listOf(document, 'periods').items.splice(edit.at, 1);
  return toText(document, source);
}

function nameDay(document: Document, { list, date, name }: { list: DayList; date: string; name: string }) {
  const days = mapOf(document, list);
  days.set(date, name);
  days.items.sort((a, b) => (keyOf(a.key) < keyOf(b.key) ? -1 : 1));
}

const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

function addPeriod(document: Document, period: Period): void {
  const node = document.createNode(period);
  if (isMap(node)) node.flow = true;
  listOf(document, 'periods').items.push(node);
}
