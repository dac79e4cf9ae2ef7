import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { BoardFault, BoardFixture } from '../../../adapters/conformance/board-fixture.ts';
import type { BoardAdapter } from '../../../adapters/contract.ts';
import { openFaultyLine } from '../../../adapters/kit/faulty-line.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import type { Agency, BoardConnection } from '../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { faultModes, toSpoiler } from './fault-modes.ts';

/** The example configuration of the sample board, as administrators would copy it. */
export async function readSampleAgency(): Promise<Agency> {
  return parse(await readFile(new URL('../../boards/rest-board/agency.yaml', import.meta.url), 'utf8'));
}

/** The sample agency has long titles cut; here the board shall refuse them. */
function asRefusing(settings: BoardConnection['settings']): BoardConnection['settings'] {
  return JSON.parse(JSON.stringify(settings).replaceAll('$substring(title, 0, 200)', 'title'));
}

/** Makes the adapter that is tried: for a board at this address, with the secret of the moment. */
type Connect = (endpoint: string, secret: () => string) => Promise<BoardAdapter>;

const connectSampleAgency: Connect = (endpoint, secret) => connectAgency(endpoint, secret, (given) => given);

async function connectAgency(
  endpoint: string,
  secret: () => string,
  change: (settings: BoardConnection['settings']) => BoardConnection['settings'],
): Promise<BoardAdapter> {
  const connection = (await readSampleAgency()).board;
  if (!connection) throw new Error('the sample agency has no board');
  const settings = change(asRefusing(connection.settings));
  const pull = { ...(settings.pull as object), pageSize: 3, overlapSeconds: 10 };
  const fingerprints = { ...(settings.fingerprints as object), pageSize: 3 };
  return createAdapter(
    { ...connection, settings: { ...settings, endpoint, pull, fingerprints } },
    { agency: 'sbiz', timeZone: 'Asia/Seoul', secret },
  );
}

/** Who signs in at the sample board, by mail address. */
export const people = {
  officer: 'kim@sbiz.example',
  writer: 'hong@company.example',
  'passer-by': 'park@passing.example',
};

/** Everybody signed in may comment on the board. Only `officers` answer for it. */
function asCommented(normalise: unknown): string {
  return `$merge([post.(${normalise}), post.{
    "writer": wrtr.mail,
    "comments": [cmts.{ "id": $string(cmtNo), "author": mail, "at": $instant(regDt), "text": $text(cn) }]
  }])`;
}

/**
 * The list gives number, title and times of a post. Each new or changed one is asked for by its number. It is the same
 * board as it stands where comments are allowed.
 */
export function asDetailed(settings: BoardConnection['settings']): BoardConnection['settings'] {
  const path = 'api/v2/minwon/{externalId}';
  return {
    ...settings,
    pull: {
      ...(settings.pull as object),
      path: 'api/v2/minwon/short',
      detail: [{ name: 'post', path, result: '$sift($, function($value, $name) { $name != "result" })' }],
    },
    authors: { officers: [people.officer] },
    normalise: asCommented(settings.normalise),
    read: { path, item: '$sift($, function($v, $name) { $name in ["mwNo", "subject", "regDt", "updDt"] })' },
  };
}

/** The sample board as one whose list does not show all of a post. */
export async function startDetailedFixture(change: typeof asDetailed = asDetailed): Promise<BoardFixture> {
  const details = {
    mode: 'none' as (typeof faultModes)[BoardFault],
    good: 0,
    calls: 0,
    vanishing: new Set<string>(),
    hidden: new Set<string>(),
  };
  const connect: Connect = (endpoint, secret) => connectAgency(endpoint, secret, change);
  let comment: RestBoard['comment'] | undefined;
  const fixture = await startRestFixture(connect, (board) => {
    Object.assign(board.faults, { details });
    comment = board.comment;
  });
  return {
    ...fixture,
    board: {
      ...fixture.board,
      comment: (id, cn, by) => void comment?.(Number(id), { mail: people[by], cn }),
    },
    detail: {
      calls: () => details.calls,
      fault: (fault, good = 0) => Object.assign(details, { mode: faultModes[fault], good }),
      vanish: (id) => void details.vanishing.add(id),
      hide: (id) => void details.hidden.add(id),
    },
  };
}

/** The sample board behind a line that can be bent, and an adapter that is connected to it. */
export async function startRestFixture(
  connect: Connect = connectSampleAgency,
  prepare: (board: RestBoard) => void = () => undefined,
): Promise<BoardFixture> {
  const secret = 'rest-board-secret-7f3a';
  const given = { secret };
  const board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: secret });
  prepare(board);
  const line = await openFaultyLine(Number(new URL(board.url).port));
  const adapter = await connect(`http://127.0.0.1:${line.port}/`, () => given.secret);
  return {
    adapter,
    carriesParts: true,
    pageSize: 3,
    overlapSeconds: 10,
    secret,
    unknownCode: 'HOLD',
    line,
    unfitTitle: '긴 제목 '.repeat(50),
    board: {
      file: (subject) => String(board.file({ subject })),
      attach: (id, file) => board.attach(Number(id), file),
      files: (id) => board.files(Number(id)),
      edit: (id, subject) => board.edit(Number(id), { subject }),
      swell: (id, letters) => board.edit(Number(id), { contents: '가'.repeat(letters) }),
      spoil: toSpoiler(board.faults),
      givesAll: (how) => {
        board.faults.givesAll = how;
      },
      setCode: (id, code) => board.setStatus(Number(id), code),
      setClock: (now) => board.setClock(() => now),
      fault: (fault) => {
        given.secret = fault === 'unauthorised' ? `${secret}-old` : secret;
        board.faults.mode = faultModes[fault];
      },
      requests: () => board.faults.requests,
      posts: () =>
        board.posts().map(({ mwNo, subject, hubNo, replies }) => ({
          externalId: String(mwNo),
          title: subject,
          ...(hubNo && { receiptNumber: hubNo }),
          answers: replies.map(({ cn }) => cn.replace(/<[^>]+>/g, '')),
        })),
    },
    close: async () => {
      await adapter.close();
      await line.close();
      await board.close();
    },
  };
}
