import { expect, it } from 'vitest';
import { withholdNew } from '../../../hub/exchange/withhold-new.ts';
import type { Agency } from '../../../schemas/index.ts';
import { readBoardAgency } from '../../support/test-hub.ts';

const endpoint = (name: string, url: string) => ({ name, settings: { url, secrets: ['env:ROAD'] } });
const inForce: Agency = {
  ...readBoardAgency('rest-board', 'sbiz', 'https://board.example'),
  webhooks: [endpoint('old', 'https://one.example/'), endpoint('moved', 'https://one.example/')],
};
const withBoard = (change: (board: NonNullable<Agency['board']>) => void): Agency => {
  const draft = structuredClone(inForce);
  if (draft.board) change(draft.board);
  return draft;
};

it('leaves what is in force, whatever the mapping says', () => {
  expect(withholdNew(inForce, inForce)).toEqual({ agency: inForce, withheld: [] });
  const mapped = withBoard(({ settings }) => {
    settings.codes = { category: { X: '도로' } };
    settings.normalise = '{ "content": { "title": subject } }';
  });
  expect(withholdNew(mapped, inForce).withheld).toEqual([]);
});

it('withholds another address, other secrets and other networks of a board', () => {
  const moved = withBoard((board) => Object.assign(board.settings, { endpoint: 'https://thief.example' }));
  expect(withholdNew(moved, inForce).withheld).toEqual(['']);
  expect(withholdNew(moved, inForce).agency.board).toBeUndefined();
  const near = withBoard((board) => Object.assign(board, { networks: ['10.0.0.0/8'] }));
  expect(withholdNew(near, inForce).withheld).toEqual(['']);
  expect(withholdNew(inForce, undefined).withheld).toEqual(['', 'old', 'moved']);
});

it('withholds new and moved endpoints by their names', () => {
  const webhooks = [
    endpoint('old', 'https://one.example/'),
    endpoint('moved', 'https://thief.example/'),
    endpoint('new', 'https://one.example/'),
  ];
  const { agency, withheld } = withholdNew({ ...inForce, webhooks }, inForce);
  expect(withheld).toEqual(['moved', 'new']);
  expect(agency.webhooks?.map(({ name }) => name)).toEqual(['old']);
});
