import { expect, it } from 'vitest';
import { listCodeFields } from '../../../../adapters/kit/mapping/expression-names.ts';
import { shapeOfValues } from '../../../../adapters/kit/mapping/shape.ts';

const normalise = `{
  "answers": [replies.{ "interim": type = "MID" }],
  "steps": [stps.{ "kind": $code("step", type) }],
  "status": $code("status", head.state)
}`;

it('the field of a code table is named from the root', () => {
  expect(listCodeFields(normalise)).toEqual([
    { table: 'step', path: ['stps', 'type'] },
    { table: 'status', path: ['head', 'state'] },
  ]);
});

it('a field of the same name elsewhere is held to no table, whether the meant one is there or not', () => {
  const codes = {
    fields: listCodeFields(normalise),
    tables: { step: { EXT: 'extended' }, status: { DONE: 'answered' } },
  };
  const unmapped = (posts: object[]) =>
    shapeOfValues('post', posts, { codes }).flatMap(({ place, unmapped }) =>
      unmapped ? [`${place}: ${unmapped}`] : [],
    );
  const post = { head: { state: 'DONE' }, replies: [{ type: 'FINAL' }] };
  expect(unmapped([post])).toEqual([]);
  expect(unmapped([post, { ...post, stps: [{ type: 'STOP' }] }])).toEqual(['post.stps[].type: STOP']);
});
