import type { Typed } from '../../web/forms.ts';

const dayLong = 24 * 60 * 60_000;

/** Days of Korea, both whole. Unset: the last thirty days. */
export function toSpanOfDays({ from, to }: Typed) {
  const begin = toInstant(from) ?? (from ? undefined : new Date(Date.now() - 30 * dayLong));
  const end = toInstant(to);
  const until = end ? new Date(end.getTime() + dayLong) : to ? undefined : new Date();
  const problems = {
    ...(!begin && { from: 'access.day_shape' }),
    ...(!until && { to: 'access.day_shape' }),
  };
  return { span: begin && until ? { from: begin, to: until } : undefined, problems };
}

function toInstant(day: string | undefined): Date | undefined {
  if (!/^20\d\d-\d\d-\d\d$/.test(day ?? '')) return undefined;
  const at = new Date(`${day}T00:00:00+09:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
