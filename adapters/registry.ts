/** Loads every kind of board. The hub imports adapters only through this file. */
import { loadOwnKind, ownNames } from './kinds.ts';

for (const name of ownNames) await loadOwnKind(name);

/** Whether the kind comes with the hub; otherwise a package brought it. */
export const isOwnKind = (name: string): boolean => ownNames.includes(name);

export {
  adapterKinds,
  checkBoardSettings,
  createAdapter,
  findAbilities,
  listExpressionPlaces,
  loadAdapters,
  tellsOfficers,
} from './kinds.ts';
