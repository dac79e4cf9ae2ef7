import { readFileSync } from 'node:fs';
import type { Agency } from '../../../schemas/index.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import type { ConfigurationDocument } from '../../configuration/document.ts';
import { validateFolder } from '../../configuration/folder.ts';
import { listInForce } from '../../configuration/versions.ts';
import { type Asks, createAsks } from '../../exchange/boards/asks.ts';
import { type Board, createBoards } from '../../exchange/boards/boards.ts';
import { createEndpoints, type Endpoint, toSubject } from '../../exchange/endpoints/endpoints.ts';
import { createLog } from '../../observe/log.ts';
import { readSecret, readSettings } from '../../settings.ts';
import { createFeedSignal } from '../../store/signals/feed-signal.ts';
import { UsageError } from './exit-codes.ts';
import { withStore } from './with-store.ts';

/**
 * Does `work` with an agency's board, as a configuration folder or else the configuration in force has it. Errors:
 * UsageError if there is no such agency or it has no board, ConfigurationError if the folder has mistakes.
 */
export async function withBoard<T>(
  code: string,
  folder: string | undefined,
  work: (board: Board) => Promise<T>,
): Promise<T> {
  return withConnections(code, folder, ({ board, known }) => {
    if (board) return work(board);
    throw new UsageError(`there is no agency ${code} with a board; with one: ${known || 'none'}`);
  });
}

/** What an agency is connected by. */
export interface Connections {
  board: Board | undefined;
  endpoints: Endpoint[];
  /** The agencies with a board, for a message. */
  known: string;
}

/** As {@link withBoard}, with the agency's endpoints too. The agency may have no board. */
export async function withConnections<T>(
  code: string,
  folder: string | undefined,
  work: (connections: Connections) => Promise<T>,
): Promise<T> {
  if (folder !== undefined) return useBoard(code, await read(folder), undefined, work);
  return withStore(async (store) => {
    const feedSignal = createFeedSignal(store, createLog({ ...readSettings(), LOG_LEVEL: 'silent' }));
    try {
      return await useBoard(code, await listInForce(store.db), createAsks({ store, feedSignal }), work);
    } finally {
      await feedSignal.stop();
    }
  });
}

/** `asks`: how a board behind an agent is asked. */
async function useBoard<T>(
  code: string,
  documents: ConfigurationDocument[],
  asks: Asks | undefined,
  work: (connections: Connections) => Promise<T>,
): Promise<T> {
  const agencies = documents.filter(({ kind }) => kind === 'agency').map(({ body }) => body as Agency);
  const directory = {
    findAgency: (wanted: string) => agencies.find((agency) => agency.code === wanted),
    listAgencies: () => agencies,
    routing: () => ({ rules: [], default: 'hub' }),
  };
  const secret = (reference: string) =>
    readSecret(reference, process.env, (path) => readFileSync(path, 'utf8'));
  const { PUBLIC_URL: publicUrl, SIGNING_SECRET: hubSecret } = readSettings();
  const boards = createBoards(directory, secret, asks, publicUrl);
  const endpoints = createEndpoints(directory, secret, { publicUrl, hubSecret });
  try {
    const webhooks = directory.findAgency(code)?.webhooks ?? [];
    return await work({
      board: boards.find(code),
      endpoints: webhooks.flatMap(({ name }) => endpoints.find(toSubject(code, name)) ?? []),
      known: boards
        .list()
        .map((agency) => agency.code)
        .join(', '),
    });
  } finally {
    await Promise.all([boards.close(), endpoints.close()]);
  }
}

async function read(folder: string) {
  const { documents, problems } = await validateFolder(folder);
  if (problems.length > 0)
    throw new ConfigurationError('invalid', `${problems.length} problems in ${folder}`, problems);
  return documents;
}
