import { expect, it } from 'vitest';
import { afterOutcome } from '../../../adapters/relay/bring-event.ts';
import { type Reason, said, toReason } from '../../../schemas/reason.ts';

const tooLong = toReason('sql_too_many_characters', { length: 300, limit: 250 });
const pointer = '/content/title';

function park(reason: Reason, field: Reason): Reason {
  const step = afterOutcome({ kind: 'refused', reason, fields: [{ pointer, reason: field }] }, 0);
  if (step.kind !== 'parked') throw new Error(step.kind);
  return step.reason;
}

it.each([
  ['is the reason itself', tooLong, tooLong],
  ['is in it', toReason('at', { place: 'subject', detail: tooLong }), tooLong],
  ['is one of several', toReason('several', { reasons: [toReason('missing'), tooLong] }), tooLong],
  [
    'is part of the words of the board',
    toReason('http_status', { status: 422, detail: said('제목: 너무 깁니다') }),
    said('너무 깁니다'),
  ],
])('a field is not told twice if it %s', (_what, reason, field) => {
  expect(park(reason, field)).toEqual(reason);
});

it.each([
  ['other parameters', tooLong, toReason('sql_too_many_characters', { length: 300, limit: 25 })],
  ['the same English words by chance', said('it is missing'), toReason('missing')],
])('a field with %s is told', (_what, reason, field) => {
  const told = toReason('at', { place: pointer, detail: field });
  expect(park(reason, field)).toEqual(toReason('several', { reasons: [reason, told] }));
});
