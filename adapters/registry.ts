/** Every kind of board, ready for use: the hub knows adapters by this file alone. */
import { loadOwnKind, ownNames } from './kinds.ts';

for (const name of ownNames) await loadOwnKind(name);

export {
  adapterKinds,
  checkBoardSettings,
  createAdapter,
  findAbilities,
  loadAdapters,
  tellsOfficers,
} from './kinds.ts';
