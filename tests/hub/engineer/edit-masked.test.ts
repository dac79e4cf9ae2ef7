import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskSample } from '../../../hub/access/people/mask-sample.ts';
import { applyEdits } from '../../../hub/engineer/edit-masked.ts';

const real = {
  no: 7,
  name: '홍길동',
  state: '이관대기',
  files: [{ title: '김철수 신청서' }, { title: '사진' }],
};
const shown = maskSample(real, { codes: new Set(['이관대기']) }) as typeof real;

it('what stays masked keeps its real value, and what was changed is new', () => {
  expect(shown.name).not.toBe(real.name);
  const edited = { ...shown, state: 'RECEIVED', files: [shown.files[0], { title: '새 제목' }] };
  expect(applyEdits(real, shown, edited)).toEqual({
    ...real,
    state: 'RECEIVED',
    files: [{ title: '김철수 신청서' }, { title: '새 제목' }],
  });
});

it('what was removed is gone, and what was added is there', () => {
  const { name: _gone, ...rest } = shown;
  expect(applyEdits(real, shown, { ...rest, kind: 'query' })).toEqual({
    ...{ no: 7, state: '이관대기', files: real.files, kind: 'query' },
  });
});

it('nothing changed is nothing changed, whatever the record', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const masked = maskSample(value, { codes: new Set() });
      expect(applyEdits(value, masked, structuredClone(masked))).toEqual(value);
    }),
  );
});
