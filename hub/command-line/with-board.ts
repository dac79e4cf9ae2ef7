import { readFileSync } from 'node:fs';
import type { Agency } from '../../schemas/index.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { validateFolder } from '../configuration/folder.ts';
import { listInForce } from '../configuration/versions.ts';
import { type Board, createBoards } from '../exchange/boards.ts';
import { readSecret } from '../settings.ts';
import { UsageError } from './exit-codes.ts';
import { withStore } from './with-store.ts';

/**
 * Do `work` with an agency's board: as a folder of configuration has it, else as it is in force. Errors: UsageError
 * where there is no such agency or it has no board, ConfigurationError where the folder has mistakes.
 */
export async function withBoard<T>(
  code: string,
  folder: string | undefined,
  work: (board: Board) => Promise<T>,
): Promise<T> {
  const documents = folder === undefined ? await withStore(({ db }) => listInForce(db)) : await read(folder);
  const agencies = documents.filter(({ kind }) => kind === 'agency').map(({ body }) => body as Agency);
  const directory = {
    findAgency: (wanted: string) => agencies.find((agency) => agency.code === wanted),
    listAgencies: () => agencies,
    routing: () => ({ rules: [], default: 'hub' }),
  };
  const boards = createBoards(directory, (reference) =>
    readSecret(reference, process.env, (path) => readFileSync(path, 'utf8')),
  );
  try {
    const board = boards.find(code);
    if (!board) {
      const known = boards.list().map((agency) => agency.code);
      throw new UsageError(
        `there is no agency ${code} with a board; with one: ${known.join(', ') || 'none'}`,
      );
    }
    return await work(board);
  } finally {
    await boards.close();
  }
}

async function read(folder: string) {
  const { documents, problems } = await validateFolder(folder);
  if (problems.length > 0) {
    const lines = problems.map(({ file, line, path, message }) => `${file}:${line}: ${path} ${message}`);
    throw new ConfigurationError('invalid', `${problems.length} problems in ${folder}`, lines);
  }
  return documents;
}
