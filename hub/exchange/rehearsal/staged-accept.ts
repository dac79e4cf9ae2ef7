import { toReason } from '../../../schemas/reason.ts';
import type { Directory } from '../../configuration/directory.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';
import type { Accept, Accepted, Incoming } from '../intake/incoming.ts';
import type { Recognised, TestRegister } from './test-register.ts';
import type { TrialOffice } from './trial-office.ts';

export interface StagedAcceptDependencies {
  directory: Directory;
  /** The real one. */
  live: Accept;
  /** Judges as the real one does, on the shadow tables: nothing is delivered from there, and nobody is told. */
  rehearsal: Accept;
  trial: TrialOffice;
  register: TestRegister;
}

/**
 * The one place where the stage of an agency decides about what comes in. What a person says on a page is always real:
 * it is about a complaint that exists, whoever has to answer it.
 */
export function createStagedAccept(dependencies: StagedAcceptDependencies): Accept {
  const { directory, live, rehearsal, trial, register } = dependencies;

  async function acceptTest(incoming: Incoming, known: Recognised): Promise<Accepted> {
    if (known.removedAt) {
      await register.noteLeft(known.mark, incoming.externalId);
      return toKnown(known);
    }
    const accepted = await trial.accept(incoming);
    if ('complaintId' in accepted) await register.noteComplaint(known.mark, accepted);
    return accepted;
  }

  return async (incoming) => {
    const { agency, source, retryOf, remapped } = incoming;
    const isLive = stageOf(directory.findAgency(agency)) === 'live';
    if (source === 'console' || retryOf || remapped) return live(incoming);
    if (source !== 'poll')
      return isLive
        ? live(incoming)
        : {
            outcome: 'refused',
            problems: [{ pointer: '', reason: toReason('agency_not_live', { agency }) }],
          };
    const known = await register.recognise(incoming);
    // What a trial left on the board never becomes a real complaint.
    if (isLive) return known ? toKnown(known) : live(incoming);
    if (known) return acceptTest(incoming, known);
    return (await trial.isOwnPost(incoming)) ? trial.accept(incoming) : rehearsal(incoming);
  };
}

const toKnown = ({ complaintId, receiptNumber, mark }: Recognised): Accepted => ({
  outcome: 'duplicate',
  complaintId: complaintId ?? mark,
  receiptNumber: receiptNumber ?? mark,
  lastSeq: 1,
});
