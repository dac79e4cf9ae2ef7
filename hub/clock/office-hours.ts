import type { OfficeHours } from '../../schemas/index.ts';
import type { Calendar } from './calendar.ts';

/**
 * Eight hours without the lunch hour, the day of article 19 (1) of the Act. Source: State Public Officials Service
 * Regulations, article 9.
 */
const usualHours: OfficeHours = { opens: '09:00', closes: '18:00', lunch: ['12:00', '13:00'] };

/** The time in which an office works: its days, and on each of them its hours in minutes after midnight. */
export interface Office {
  calendar: Calendar;
  spells: readonly (readonly [start: number, end: number])[];
  closes: number;
}

/** Throws RangeError where the hours are not in order. */
export function createOffice(calendar: Calendar, hours: OfficeHours = usualHours): Office {
  const { opens, closes, lunch: [from = closes, to = closes] = [] } = hours;
  const order = [opens, from, to, closes].map(toMinutes);
  if (opens >= closes || order.some((minutes, index) => minutes < (order[index - 1] ?? 0)))
    throw new RangeError(`office hours are not in order: ${order.join(', ')} minutes after midnight`);
  const spells = [
    [toMinutes(opens), toMinutes(from)],
    [toMinutes(to), toMinutes(closes)],
  ] as const;
  return { calendar, spells: spells.filter(([start, end]) => start < end), closes: toMinutes(closes) };
}

function toMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
