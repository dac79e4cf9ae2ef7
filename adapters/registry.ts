/**
 * The kinds of board that the hub can speak with: one import per adapter. The hub knows adapters by this
 * file alone.
 */
import type { BoardConnection, Problem } from '../schemas/index.ts';
import type { AdapterContext, AdapterKind, BoardAdapter } from './contract.ts';
import { mailAdapter } from './mail/index.ts';
import { open311Adapter } from './open311/index.ts';
import { restAdapter } from './rest/index.ts';
import { soapAdapter } from './soap/index.ts';
import { sqlAdapter } from './sql/index.ts';
import { webhookAdapter } from './webhook/index.ts';

const kinds = [mailAdapter, restAdapter, soapAdapter, sqlAdapter, webhookAdapter, open311Adapter];

/** By the word that an agency's configuration uses in `board.adapter`. */
export const adapterKinds: Record<string, AdapterKind> = Object.fromEntries(
  kinds.map((kind) => [kind.name, kind]),
);

/** The adapter of one agency's board. Its settings have passed {@link checkBoardSettings}; nothing connects yet. */
export function createAdapter(board: BoardConnection, context: AdapterContext): BoardAdapter {
  const kind = findKind(board.adapter);
  if (!kind) throw new Error(`agency ${context.agency}: ${unknownKind(board.adapter)}`);
  const networks = [...(context.networks ?? []), ...(board.networks ?? [])];
  return kind.create(board.settings, { ...context, networks });
}

/** Whether what is brought to such a board tells the officers of it. */
export const tellsOfficers = (board: BoardConnection): boolean =>
  findKind(board.adapter)?.tellsOfficers ?? false;

/** What is wrong with the settings of a board; pointers start at the board connection. */
export function checkBoardSettings(board: BoardConnection): Problem[] {
  const kind = findKind(board.adapter);
  if (!kind) return [{ pointer: '/adapter', message: unknownKind(board.adapter) }];
  return kind
    .checkSettings(board.settings)
    .map(({ pointer, message }) => ({ pointer: `/settings${pointer}`, message }));
}

function findKind(name: string): AdapterKind | undefined {
  return Object.hasOwn(adapterKinds, name) ? adapterKinds[name] : undefined;
}

function unknownKind(name: string): string {
  return `there is no adapter "${name}"; known: ${Object.keys(adapterKinds).join(', ')}`;
}
