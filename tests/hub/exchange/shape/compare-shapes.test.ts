import { describe, expect, it } from 'vitest';
import type { ShapePlace } from '../../../../adapters/contract.ts';
import { compareShapes, isConcerning, toNormal } from '../../../../hub/exchange/shape/compare-shapes.ts';

const used = (place: string) => (place.includes('used') ? ['/normalise'] : []);
const kinds = (before: ShapePlace[], now: ShapePlace[]) =>
  compareShapes(before, now, used).changes.map((change) => [
    change.place,
    change.kind,
    isConcerning(change) ? 'concerning' : 'shown',
  ]);
const column = (place: string, more: Partial<ShapePlace> = {}): ShapePlace => ({
  place,
  type: 'varchar',
  length: 100,
  nullable: true,
  ...more,
});
const field = (place: string, there: number, of: number, more: Partial<ShapePlace> = {}): ShapePlace => ({
  place,
  type: 'string',
  seen: { in: there, of },
  ...more,
});

describe('what a board declares', () => {
  it('a used column that goes, shrinks, changes its type, charset or must have a value concerns; growing does not', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => column(`t.used_${name}`));
    const now = [
      column('t.used_b', { length: 99 }),
      column('t.used_c', { type: 'int' }),
      column('t.used_d', { charset: 'euckr' }),
      column('t.used_e', { nullable: false }),
      column('t.used_f', { length: 200 }),
      column('t.used_g'),
    ];
    expect(kinds(before, now)).toEqual([
      ['t.used_a', 'gone', 'concerning'],
      ['t.used_b', 'shorter', 'concerning'],
      ['t.used_c', 'type', 'concerning'],
      ['t.used_d', 'charset', 'concerning'],
      ['t.used_e', 'required', 'concerning'],
      ['t.used_f', 'longer', 'shown'],
    ]);
  });

  it('a limit where there was none is shorter, none where there was one is longer', () => {
    const { length: _, ...unlimited } = column('t.used');
    expect(kinds([unlimited], [column('t.used')])).toEqual([['t.used', 'shorter', 'concerning']]);
    expect(kinds([column('t.used')], [unlimited])).toEqual([['t.used', 'longer', 'shown']]);
  });

  it('what nothing uses is only shown', () => {
    expect(kinds([column('t.a')], [column('t.b')])).toEqual([
      ['t.a', 'gone', 'shown'],
      ['t.b', 'new', 'shown'],
    ]);
  });

  it('a table that goes is told once, without its columns', () => {
    const table: ShapePlace = { place: 'used', type: 'table' };
    expect(kinds([table, column('used.a'), column('used.b')], [])).toEqual([['used', 'gone', 'concerning']]);
  });
});

describe('what posts show', () => {
  it('a field that was always there is gone when no post has it any more', () => {
    expect(kinds([field('post.used', 20, 20)], [field('post.other', 3, 3)])).toContainEqual([
      'post.used',
      'gone',
      'concerning',
    ]);
  });

  it('a field that half of the posts lack is missed after seven posts without it, not after six', () => {
    // Of (10 + 1) / (20 + 2): 0.5 ** 7 < 0.01 < 0.5 ** 6.
    const before = [field('post.used', 10, 20), field('post.id', 20, 20)];
    expect(kinds(before, [field('post.id', 6, 6)])).toEqual([]);
    expect(kinds(before, [field('post.id', 7, 7)])).toEqual([['post.used', 'gone', 'concerning']]);
  });

  it('without posts nothing is missing, nor in a list that is empty now', () => {
    expect(kinds([field('post.used', 20, 20)], [])).toEqual([]);
    const before = [field('post.list', 9, 9, { type: 'array' }), field('post.list[].used', 9, 9)];
    expect(kinds(before, [field('post.list', 9, 9, { type: 'array' })])).toEqual([]);
  });

  it('a kind that was never seen is another type; a field that was always empty may be anything', () => {
    const as = (type: string) => [field('post.used', 9, 9, { type })];
    expect(kinds(as('string'), as('number'))).toEqual([['post.used', 'type', 'concerning']]);
    expect(kinds(as('time 9999-99-99'), as('time 99999999'))).toEqual([['post.used', 'type', 'concerning']]);
    expect(kinds(as('string'), as('time 9999-99-99'))).toEqual([]);
    expect(kinds(as('number|string'), as('number'))).toEqual([]);
    expect(kinds(as('null'), as('object'))).toEqual([]);
    expect(compareShapes(as('null'), as('object'), used).learned).toMatchObject([{ type: 'object' }]);
  });

  it('a field that a mapping waits for is learned, another is shown', () => {
    const before = [field('post.id', 9, 9)];
    const now = [field('post.id', 9, 9), field('post.used', 1, 9), field('post.other', 9, 9)];
    expect(kinds(before, now)).toEqual([['post.other', 'new', 'shown']]);
    expect(compareShapes(before, now, used).learned.map(({ place }) => place)).toEqual([
      'post.id',
      'post.used',
    ]);
  });

  it('the first posts of a board that was empty are its normal', () => {
    const { changes, learned } = compareShapes([], [field('post.a', 2, 2), field('post.used', 2, 2)], used);
    expect(changes).toEqual([]);
    expect(learned.map(({ place }) => place)).toEqual(['post.a', 'post.used']);
  });
});

describe('codes that no table knows', () => {
  const seen = [field('post.used', 9, 9, { unmapped: ['HOLD'] })];

  it('concern from the first look on, until they are taken as normal or gone', () => {
    const first = compareShapes(toNormal(seen), seen, used);
    expect(first.changes).toEqual([
      { place: 'post.used', kind: 'unmapped', now: 'HOLD', uses: ['/normalise'] },
    ]);
    expect(compareShapes(first.learned, seen, used).changes).toHaveLength(1);
    expect(kinds(seen, seen)).toEqual([]);
    expect(kinds(toNormal(seen), [field('post.used', 9, 9)])).toEqual([]);
  });

  it('another one is told by itself', () => {
    const more = [field('post.used', 9, 9, { unmapped: ['HOLD', 'WAIT'] })];
    expect(compareShapes(seen, more, used).changes).toMatchObject([{ kind: 'unmapped', now: 'WAIT' }]);
  });
});
