import { expect, test } from 'vitest';
import { compileAuthors, withAuthors } from '../../../../adapters/kit/mapped/comments.ts';
import type { Authors } from '../../../../adapters/kit/mapped/mapped-settings.ts';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';
import { normalise } from '../../../../adapters/kit/mapping/normalise.ts';

const mapping = compileMapping('{ "status": "answered", "writer": writer, "comments": comments }');
const at = '2026-11-20T10:00:00+09:00';
const by = (author: unknown, id: string) => ({
  id,
  author,
  at,
  text: `글 ${id}`,
  officer: { name: '김담당' },
});
const comments = [by('kim', '1'), by({ id: 8 }, '2'), by('park', '3'), by(5, '4'), by(null, '5')];

const judge = (authors: Authors, raw: unknown) =>
  normalise(withAuthors(mapping, compileAuthors(authors, compileMapping)), raw);

const parted = {
  ok: true,
  post: {
    status: 'answered',
    answers: [{ id: '1', text: '글 1', answeredAt: at, officer: { name: '김담당' } }],
    followUps: [{ id: '2', text: '글 2', writtenAt: at }],
  },
  aside: { note: { code: 'comments_of_others', params: { n: 2 } } },
};

test('officers answer, the writer asks again, the hub says nothing new, and all others are counted', async () => {
  const authors = { officers: ['kim', 'lee'], hub: [5] };
  expect(await judge(authors, { writer: { id: 8 }, comments })).toEqual(parted);
});

test('an expression says who is an officer, by the author and the post', async () => {
  const authors = { officers: 'author in item.staff', hub: 'author = 5' };
  expect(await judge(authors, { writer: 8, staff: ['kim', 5], comments })).toEqual(parted);
});

test('without officers there is no answer', async () => {
  const result = await judge({ officers: [] }, { writer: 8, comments: comments[0] });
  expect(result).toMatchObject({ ok: true, post: { answers: [], followUps: [] } });
});

test('what an officer wrote is an answer also where the officer filed the complaint', async () => {
  const result = await judge({ officers: ['kim'] }, { writer: 'kim', comments: [comments[0]] });
  expect(result).toMatchObject({ ok: true, post: { answers: [{ id: '1' }], followUps: [] } });
});

test('a mapping that returns answers itself is left alone', async () => {
  const own = compileMapping('{ "answers": [{ "text": "답변" }] }');
  const result = await normalise(withAuthors(own, compileAuthors({ officers: ['kim'] }, compileMapping)), {});
  expect(result).toEqual({ ok: true, post: { answers: [{ text: '답변' }] } });
});
