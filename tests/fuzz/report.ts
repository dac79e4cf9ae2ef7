import type { Shot } from './seeds.ts';
import type { Result } from './target.ts';

/** Twice as much after two more thirds would be a leak; what caches hold varies by less. */
export const mostGrowth = 1.3;

export const isGood = ({ flaws, errors, alive, polluted, growth }: Result): boolean =>
  flaws.length === 0 && errors.length === 0 && alive && !polluted && growth < mostGrowth;

/** In words for whoever has to mend it. */
export function describeFlaws({ flaws, errors, alive, statuses, slowest, growth }: Result): string {
  const counts = Object.entries(statuses).sort(([a], [b]) => a.localeCompare(b));
  return [
    ...counts.map(([kind, number]) => `${kind}: ${number}`),
    `slowest answer ${slowest.milliseconds.toFixed(0)} ms, to ${slowest.shot ? describeShot(slowest.shot, 200) : 'nothing'}`,
    `memory after collection × ${growth.toFixed(2)} since the first third`,
    alive ? 'the hub still takes complaints in' : 'THE HUB TAKES NOTHING IN ANY MORE',
    ...errors.map((line) => `LOGGED AS AN ERROR: ${line}`),
    ...flaws.map(
      ({ what, shot, answer }) =>
        `FLAW: ${what}\n${describeShot(shot, 1500)}\nanswered: ${answer?.status} ${answer?.text.slice(0, 600)}`,
    ),
  ].join('\n');
}

const describeShot = ({ method, path, headers, body }: Shot, most: number) =>
  `${method} ${path} ${JSON.stringify(headers)} with ${body.length} bytes\n${JSON.stringify(body.toString('latin1').slice(0, most))}`;
