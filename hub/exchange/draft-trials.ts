import type { AdapterContext, CheckReport } from '../../adapters/contract.ts';
import { type Agency, listSecretReferences, type Reason } from '../../schemas/index.ts';
import { fromGiven, reasonOf, toReason } from '../../schemas/reason.ts';
import type { Asks } from './boards/asks.ts';
import { createBoards, isBehindAgent } from './boards/boards.ts';
import { checkBoard } from './boards/try-board.ts';
import { createEndpoints, toSubject } from './endpoints/endpoints.ts';

/** Whether a secret is there, where it will be read. `there` null: nobody could be asked. */
export interface SecretState {
  reference: string;
  place: 'hub' | 'agent';
  there: boolean | null;
  /** Why it is not there, or could not be asked for. Never the secret. */
  reason: Reason | null;
}

/** What was checked: the board (no name), or an endpoint under its name. */
export interface CheckedConnection extends CheckReport {
  name: string;
}

/** Tries what a draft of an agency's configuration says, before it is in force. The draft has passed its checks. */
export interface DraftTrials {
  /** Reach, rights and shape of the board and of each endpoint. An agent checks what it has in force. */
  check(agency: Agency): Promise<CheckedConnection[]>;
  /** Asks where each secret will be read: in the hub, or in the agency's agent. */
  findSecrets(agency: Pick<Agency, 'code' | 'board' | 'webhooks' | 'rehearsal'>): Promise<SecretState[]>;
}

/** Seconds in which an agent answers: a person waits for the page. */
const patience = 15;

export function createDraftTrials(parts: {
  secret: AdapterContext['secret'];
  asks: Asks;
  publicUrl?: string | undefined;
  /** SIGNING_SECRET, of which the hub derives the secrets that it made itself. */
  hubSecret?: string | undefined;
}): DraftTrials {
  const { secret, asks, publicUrl, hubSecret } = parts;

  async function check(agency: Agency): Promise<CheckedConnection[]> {
    const directory = {
      findAgency: (code: string) => (code === agency.code ? agency : undefined),
      listAgencies: () => [agency],
      routing: () => ({ rules: [], default: 'hub' }),
    };
    const boards = createBoards(directory, secret, asks, publicUrl);
    const endpoints = createEndpoints(directory, secret, { publicUrl, hubSecret });
    try {
      const board = agency.board && boards.find(agency.code);
      const places = (agency.webhooks ?? []).flatMap(
        ({ name }) => endpoints.find(toSubject(agency.code, name)) ?? [],
      );
      return await Promise.all(
        [...(board ? [{ name: '', adapter: board.adapter }] : []), ...places].map(async (place) => ({
          name: place.name,
          ...(await checkBoard(place)),
        })),
      );
    } finally {
      await Promise.all([boards.close(), endpoints.close()]);
    }
  }

  function findHere(reference: string): SecretState {
    try {
      secret(reference);
      return { reference, place: 'hub', there: true, reason: null };
    } catch {
      return { reference, place: 'hub', there: false, reason: toReason('secret_missing', { reference }) };
    }
  }

  async function findThere(agency: string, references: string[]): Promise<SecretState[]> {
    const toState = (reference: string, there: boolean | null, reason: Reason | null): SecretState => ({
      reference,
      place: 'agent',
      there,
      reason,
    });
    try {
      const ask = { what: 'check', secrets: references } as const;
      const { secrets } = await asks.one(agency, ask, patience, AbortSignal.timeout(patience * 2000));
      return references.map((reference) => {
        const found = secrets?.find((one) => one.reference === reference);
        return found
          ? toState(reference, found.there, found.reason === undefined ? null : fromGiven(found.reason))
          : toState(reference, null, toReason('agent_knows_no_secrets'));
      });
    } catch (error) {
      return references.map((reference) => toState(reference, null, reasonOf(error)));
    }
  }

  return {
    check,
    async findSecrets(agency) {
      const ofBoard = listSecretReferences(agency.board?.settings);
      const ofEndpoints = listSecretReferences([agency.webhooks, agency.rehearsal]);
      const isThere = isBehindAgent(agency);
      const here = isThere ? ofEndpoints : [...new Set([...ofBoard, ...ofEndpoints])];
      const there = isThere && ofBoard.length > 0 ? await findThere(agency.code, ofBoard) : [];
      return [...there, ...here.map(findHere)];
    },
  };
}
