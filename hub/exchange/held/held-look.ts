import type { Look } from '../../queue/looks.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { createHeldActs, type HeldDependencies } from './carry-out.ts';

/** The worker's look at what people sent. One process is enough; two would not send anything twice. */
export function createHeldLook(dependencies: HeldDependencies & { exclusive: Exclusive }): Look<''> {
  const acts = createHeldActs(dependencies);
  return {
    run: (_all, stop) =>
      dependencies.exclusive.run('held', (lost) => acts.drain(AbortSignal.any([stop, lost]))),
  };
}
