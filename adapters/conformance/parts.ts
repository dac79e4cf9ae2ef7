import { notStrictEqual as differs, deepStrictEqual as same } from 'node:assert';
import type { NewEvent } from '../../schemas/index.ts';
import type { BoardRef, Change } from '../contract.ts';
import { drain, type Law, need } from './law.ts';
import { done, push } from './push.ts';
import { receiptNumber, samples, toChange } from './samples.ts';

const number = `${receiptNumber}-1`;

/** The laws of kinds that hold parts of complaints (`AdapterKind.carriesParts`). */
export const partLaws: Law[] = [
  {
    name: 'a part is a post of its own beside its complaint, under its own number, and has its own answer',
    run: async ({ adapter, board, carriesParts, readsBack = true }) => {
      need(carriesParts, 'holds no parts of complaints');
      const whole = done(await push(adapter, toChange(samples.registered), 'key-1'));
      const ref = done(await push(adapter, toPart(samples.registered), 'part-1'));
      differs(ref.externalId, whole.externalId);
      same(done(await push(adapter, toPart(samples.registered), 'part-1')), ref);
      done(await push(adapter, toPart(samples.answered, ref), 'part-2'));
      const held = new Map(board.posts().map((post) => [post.externalId, post]));
      same([held.size, held.get(whole.externalId)?.answers], [2, []]);
      same(held.get(ref.externalId)?.answers, [samples.answered.data.answer.text]);
      if (!readsBack) return;
      const { posts } = await drain(adapter);
      const echo = await adapter.normalise(posts.find((post) => post.externalId === ref.externalId)?.raw);
      same(echo.ok && [echo.post.receiptNumber, echo.post.answers?.length], [number, 1]);
    },
  },
];

/** A change of the part. Its complainant has a masked name and nothing else. */
function toPart(event: NewEvent, ref?: BoardRef): Change {
  const { event: told, ...change } = toChange(event, ref);
  const content = { ...change.complaint.content, complainant: { name: '이*빛' } };
  const shown = told.type === 'registered' ? { ...told, data: { content } } : told;
  return {
    ...change,
    event: { ...shown, seq: shown.seq + 3 },
    complaint: { ...change.complaint, receiptNumber: number, content },
    part: { of: receiptNumber, number: 1, kind: 'part', by: 'town', dueAt: '2026-11-24T18:00:00+09:00' },
  };
}
