import type { Language } from '../../schemas/index.ts';

/** The console shows Korean times, wherever the server is. */
const timeZone = 'Asia/Seoul';

const instant = (options: Intl.DateTimeFormatOptions) => ({
  ko: new Intl.DateTimeFormat('ko-KR', { ...options, timeZone }),
  en: new Intl.DateTimeFormat('en-GB', { ...options, timeZone }),
});
const dateAndTime = instant({
  dateStyle: 'medium',
  timeStyle: 'short',
  hourCycle: 'h23',
});
const clock = instant({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const date = instant({ dateStyle: 'medium' });

/** 2026-11-20 → 2026. 11. 20. (ko), 20 Nov 2026 (en). What is no day stays as it is. */
export function toDayText(day: string, language: Language): string {
  const noon = new Date(`${day}T12:00:00+09:00`);
  return Number.isNaN(noon.getTime()) ? day : date[language].format(noon);
}

/** 2026. 11. 20. 09:30 (ko), 20 Nov 2026, 09:30 (en), in Korean time. */
export const toTimeText = (at: Date, language: Language): string => dateAndTime[language].format(at);

/** 09:30:05, in Korean time. */
export const toClockText = (at: Date, language: Language): string => clock[language].format(at);

const minute = 60_000;
const units: [unit: Intl.RelativeTimeFormatUnit, length: number][] = [
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
];
const relative = {
  ko: new Intl.RelativeTimeFormat('ko-KR'),
  en: new Intl.RelativeTimeFormat('en-GB'),
};

/** 3일 전, in 2 hours: the largest unit that fits, rounded down. */
export function toRelativeText(at: Date, language: Language, now: number = Date.now()): string {
  const distance = at.getTime() - now;
  const [unit, length] = units.find(([, size]) => Math.abs(distance) >= size) ?? ['minute', minute];
  return relative[language].format(Math.trunc(distance / length), unit);
}
