import { expect, it } from 'vitest';
import { createLane } from '../../../adapters/relay/lane.ts';
import { waitFor } from '../../support/wait-for.ts';

/** A lane over a list of ids; each item ends when the test says so. */
function laneOver(due: string[], concurrency: number) {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const lane = createLane<{ id: string }>({
    concurrency: () => concurrency,
    pageSize: 10,
    find: async (underWay) => due.filter((id) => !underWay.includes(id)).map((id) => ({ id })),
    async work({ id }) {
      begun.push(id);
      const end = Promise.withResolvers<void>();
      ends.set(id, end);
      await end.promise;
      due.splice(due.indexOf(id), 1);
    },
    paused: () => false,
  });
  return {
    lane,
    begun,
    end: (id: string) => ends.get(id)?.resolve(),
    fail: (id: string) => ends.get(id)?.reject(new Error(id)),
  };
}

it('keeps no more under way than it may, and a slow item holds up its own place only', async () => {
  const { lane, begun, end } = laneOver(['slow', 'a', 'b'], 2);
  const drained = lane.drain(new AbortController().signal);
  await waitFor('two', () => begun.length === 2);
  end('a');
  await waitFor('the third', () => begun.length === 3);
  expect(begun).toEqual(['slow', 'a', 'b']);
  end('b');
  end('slow');
  await drained;
});

it('takes what is new at a nudge, before the slow one has ended', async () => {
  const due = ['slow'];
  const { lane, begun, end } = laneOver(due, 2);
  const drained = lane.drain(new AbortController().signal);
  await waitFor('the slow one', () => begun.length === 1);
  due.push('new');
  lane.nudge();
  await waitFor('the new one', () => begun.includes('new'));
  end('new');
  end('slow');
  await drained;
});

it('begins nothing after a stop, and waits for what is under way', async () => {
  const { lane, begun, end } = laneOver(['a', 'b'], 1);
  const stop = new AbortController();
  const drained = lane.drain(stop.signal);
  await waitFor('the first', () => begun.length === 1);
  stop.abort();
  end('a');
  await drained;
  expect(begun).toEqual(['a']);
});

it('ends with the failure of one item after the others have ended', async () => {
  const { lane, begun, end, fail } = laneOver(['a', 'b'], 2);
  const drained = lane.drain(new AbortController().signal);
  await waitFor('both', () => begun.length === 2);
  fail('a');
  end('b');
  await expect(drained).rejects.toThrow('a');
});
