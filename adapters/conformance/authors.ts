import { ok, deepStrictEqual as same } from 'node:assert';
import type { BoardAdapter, Normalised, PulledPost } from '../contract.ts';
import { toWords } from './in-words.ts';
import { drain, fileAt, type Law, need, noon, second, times } from './law.ts';

const question = '언제쯤 처리되나요?';
const guess = '저도 같은 처지인데, 아마 안 될 겁니다.';
const answer = '내일 처리합니다.';

/** The laws about who writes below a post. Anybody may, and only an officer answers for the agency. */
export const authorLaws: Law[] = [
  {
    name: 'an author that is no officer never answers: a passer-by is only told of, and the writer asks again',
    run: async ({ adapter, board }) => {
      need(adapter.pull, 'does not read its board (no pull)');
      need(board.comment, 'nobody comments on the sample board');
      const [id] = fileAt(board, times(1, 0)) as [string];
      const untouched = await latest(adapter, (await drain(adapter)).posts, id);
      same(untouched.aside?.note, undefined, 'nobody has commented yet');
      board.setClock(new Date(noon + 60 * second));
      board.comment(id, guess, 'passer-by');
      const first = await drain(adapter);
      const guessed = await latest(adapter, first.posts, id);
      same(partsOf(guessed), { answers: [], followUps: [] }, 'a passer-by was taken at his or her word');
      same(guessed.post.status, untouched.post.status, 'a passer-by changed the status');
      board.setClock(new Date(noon + 120 * second));
      board.comment(id, question, 'writer');
      board.comment(id, answer, 'officer');
      const { posts } = await drain(adapter, first.cursor);
      const talked = await latest(adapter, posts, id);
      same(partsOf(talked), { answers: [answer], followUps: [question] });
      for (const { post, aside } of [guessed, talked]) {
        ok(!JSON.stringify(post).includes(guess), "a passer-by's words are in the post");
        ok(aside?.note, 'the comment is told of beside the post (aside)');
      }
    },
  },
];

/** The newest state of a post, as the adapter normalises it. */
async function latest(adapter: BoardAdapter, posts: PulledPost[], id: string) {
  const pulled = posts.findLast(({ externalId }) => externalId === id);
  ok(pulled, 'the post did not come');
  const result = await adapter.normalise(pulled.raw);
  ok(result.ok, toWords(result));
  return result;
}

function partsOf({ post }: Extract<Normalised, { ok: true }>) {
  const textsOf = (parts: { text: string }[] = []) => parts.map(({ text }) => text);
  return { answers: textsOf(post.answers), followUps: textsOf(post.followUps) };
}
