import { createEndpointActions, type EndpointActions } from './endpoints/endpoint-actions.ts';
import { createReconcileActions, type ReconcileActions } from './reconcile/decide-repairs.ts';
import { createRemapActions, type RemapActions, type RemapDependencies } from './remap/remaps.ts';
import { createReplayActions, type ReplayActions } from './replay/replays.ts';

/** What people can do about boards and complaints that do not agree any more. */
export interface Repairs {
  reconcile: ReconcileActions;
  replays: ReplayActions;
  remaps: RemapActions;
  endpoints: EndpointActions;
}

export function createRepairs(dependencies: RemapDependencies): Repairs {
  const { store, boards, look } = dependencies;
  return {
    reconcile: createReconcileActions(store, look),
    replays: createReplayActions(store, boards, look),
    endpoints: createEndpointActions(store, look),
    remaps: createRemapActions(dependencies),
  };
}
