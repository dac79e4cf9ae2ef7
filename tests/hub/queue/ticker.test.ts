import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startTicker } from '../../../hub/queue/ticker.ts';
import { waitFor } from '../../support/wait-for.ts';

function listen() {
  const lines: { level: number; work?: string; msg: string }[] = [];
  const log = pino({ level: 'info' }, { write: (text: string) => void lines.push(JSON.parse(text)) });
  return { log, lines };
}

test('duties begin in their order, each at its own pace, and none waits for another', async () => {
  const turns: string[] = [];
  const slow = Promise.withResolvers<void>();
  const beSlow = () => {
    turns.push('slow');
    return slow.promise;
  };
  const { stop } = startTicker(
    [
      { name: 'slow', every: 1, run: beSlow },
      { name: 'often', every: 1, run: () => void turns.push('often') },
      { name: 'seldom', every: 60_000, run: () => void turns.push('seldom') },
    ],
    listen().log,
  );
  expect(turns).toEqual(['slow', 'often', 'seldom']);
  await waitFor('some turns', () => turns.length > 10);
  expect(turns.filter((name) => name !== 'often')).toEqual(['slow', 'seldom']);
  slow.resolve();
  await stop();
  const ended = turns.length;
  await pause(20);
  expect(turns).toHaveLength(ended);
});

test('what is under way has ended when it has stopped', async () => {
  const end = Promise.withResolvers<void>();
  let isOver = false;
  const run = async () => {
    await end.promise;
    isOver = true;
  };
  const { stop } = startTicker([{ name: 'long', every: 1, run }], listen().log);
  const stopped = stop().then(() => isOver);
  end.resolve();
  expect(await stopped).toBe(true);
});

test('a failure is told with its duty and is no reason to stop; a database that is away is told once for all', async () => {
  const { log, lines } = listen();
  let turns = 0;
  const away = () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };
  const broken = () => {
    turns += 1;
    if (turns <= 2) throw new Error('a mistake');
  };
  const { stop } = startTicker(
    [
      { name: 'first', every: 1, run: away },
      { name: 'second', every: 1, run: away },
      { name: 'broken', every: 1, run: broken },
    ],
    log,
  );
  await waitFor('turns after the failure', () => turns > 5);
  await stop();
  const isWarning = ({ level }: { level: number }) => level === 40;
  expect(lines.filter(isWarning).map(({ msg }) => msg)).toEqual([expect.stringContaining('out of reach')]);
  expect(lines.filter((line) => !isWarning(line)).map(({ work }) => work)).toEqual(['broken', 'broken']);
});
