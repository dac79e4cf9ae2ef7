import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { BoardFault, StartFixture } from '../../adapters/kit/board-fixture.ts';
import { createAdapter } from '../../adapters/registry.ts';
import type { Agency } from '../../schemas/index.ts';
import { startRestBoard } from '../boards/rest-board/index.ts';

const faultModes = {
  none: 'none',
  hang: 'hang',
  'reset-after-write': 'resetAfterWrite',
  'error-500': 'error500',
  busy: 'busy429',
  malformed: 'malformed',
  html: 'html',
  unauthorised: 'none',
} as const satisfies Record<BoardFault, string>;

/** The example configuration of the sample board, as administrators would copy it. */
export async function readSampleAgency(): Promise<Agency> {
  return parse(await readFile(new URL('../boards/rest-board/agency.yaml', import.meta.url), 'utf8'));
}

export const startRestFixture: StartFixture = async () => {
  const secret = 'rest-board-secret-7f3a';
  const given = { secret };
  const board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: secret });
  const connection = (await readSampleAgency()).board;
  if (!connection) throw new Error('the sample agency has no board');
  const pull = { ...(connection.settings.pull as object), pageSize: 3, overlapSeconds: 10 };
  const fingerprints = { ...(connection.settings.fingerprints as object), pageSize: 3 };
  const adapter = createAdapter(
    { ...connection, settings: { ...connection.settings, endpoint: board.url, pull, fingerprints } },
    { agency: 'sbiz', timeZone: 'Asia/Seoul', secret: () => given.secret },
  );
  return {
    adapter,
    pageSize: 3,
    overlapSeconds: 10,
    secret,
    unknownCode: 'HOLD',
    board: {
      file: (subject) => String(board.file({ subject })),
      attach: (id, file) => board.attach(Number(id), file),
      files: (id) => board.files(Number(id)),
      edit: (id, subject) => board.edit(Number(id), { subject }),
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
      await board.close();
    },
  };
};
