const inSeoul = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Seoul',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** char(14) YYYYMMDDHHMMSS in Korean time, with a resolution of one second, as legacy systems store it. */
export function boardTime(at: Date): string {
  return inSeoul.format(at).replaceAll(/\D/g, '');
}

/** For people: 2026-11-20 09:30. */
export function readable(time: string): string {
  return time.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2}).*$/, '$1-$2-$3 $4:$5');
}
