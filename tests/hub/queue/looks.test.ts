import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createLooks } from '../../../hub/queue/looks.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Work that waits until it is told to end. */
function createWork() {
  const ends: (() => void)[] = [];
  const run = () => new Promise<void>((resolve) => ends.push(resolve));
  const looks = createLooks({ poll: { run } }, pino({ level: 'silent' }));
  const endNext = async (count: number) => {
    await waitFor(`run ${count}`, () => ends.length === count);
    ends.at(-1)?.();
  };
  return { looks, ends, endNext };
}

test('news while it runs has it look again, once', async () => {
  const { looks, ends, endNext } = createWork();
  looks.look('poll:a');
  looks.look('poll:a');
  looks.look('poll:a');
  await endNext(1);
  await endNext(2);
  await looks.stop();
  expect(ends).toHaveLength(2);
});

test('what is due while it runs is no reason to look again', async () => {
  const { looks, ends, endNext } = createWork();
  looks.begin('poll:a');
  looks.begin('poll:a');
  await endNext(1);
  await looks.stop();
  expect(ends).toHaveLength(1);
});
