import { type Decision, decisions, type Normalised } from '../../../adapters/contract.ts';
import type { Store } from '../../store/database.ts';
import { sealed } from '../../store/sealing/keyed.ts';
import type { Board, Boards } from '../boards/boards.ts';
import type { Accept, Accepted } from '../intake/incoming.ts';
import { ParkedActionError, type ParkedActions } from './parked-actions.ts';

interface Parts {
  store: Store;
  boards: Boards;
  accept: Accept;
  retryItem: ParkedActions['retryItem'];
}

type Actions = Pick<ParkedActions, 'listAmendments' | 'amendItem' | 'restoreCut'>;

interface Row {
  agency: string;
  external_id: string;
  version: string;
  body: string;
}

const columns = 'agency, external_id, version, body';

/** People's decisions about the content of a post. Only some kinds of board leave something to decide. */
export function createAmendments({ store: { pool }, boards, accept, retryItem }: Parts): Actions {
  async function find(where: string, values: unknown[]): Promise<Row> {
    const { rows } = await pool.query<Row>(`select ${columns} from raw_items where ${where}`, values);
    if (!rows[0]) throw new ParkedActionError('gone', 'this item is not there any more');
    return rows[0];
  }

  function amend({ agency, body }: Pick<Row, 'agency' | 'body'>, decision: Decision): [Board, unknown] {
    const board = boards.find(agency);
    const amended = board?.adapter.amend?.(JSON.parse(body), decision);
    if (!board || amended === undefined)
      throw new ParkedActionError('gone', 'this decision changes nothing of the item any more');
    return [board, amended];
  }

  return {
    async listAmendments({ agency, body }) {
      const raw: unknown = JSON.parse(body);
      const adapter = boards.find(agency)?.adapter;
      const possible = decisions.flatMap((decision) => {
        const amended = adapter?.amend?.(raw, decision);
        return adapter && amended !== undefined ? { adapter, decision, amended } : [];
      });
      return Promise.all(
        possible.map(async ({ adapter, decision, amended }) => ({
          decision,
          words: toWords(await adapter.normalise(amended)),
        })),
      );
    },

    async amendItem(id, user, decision) {
      const [, amended] = amend(await find("id = $1 and outcome = 'parked'", [id]), decision);
      // The decision is kept, so that a later remap knows of it.
      await pool.query(
        "update raw_items set body = $2, decided_by = $3, decided_at = now() where id = $1 and outcome = 'parked'",
        [id, sealed(JSON.stringify(amended)), user],
      );
      return retryItem(id, user);
    },

    async restoreCut(id, complaintId, user): Promise<Accepted> {
      const where = "id = $1 and complaint_id = $2 and outcome = 'applied' and cut is not null";
      const row = await find(where, [id, complaintId]);
      const [{ adapter }, raw] = amend(row, 'whole');
      return accept({
        agency: row.agency,
        source: 'poll',
        externalId: row.external_id,
        user,
        raw,
        version: `${row.version}${restoredMark}`,
        normalised: await adapter.normalise(raw),
      });
    },
  };
}

const toWords = (read: Normalised): string[] =>
  read.ok ? [...(read.post.answers ?? []), ...(read.post.followUps ?? [])].map(({ text }) => text) : [];

/** This suffix marks the version of an item whose cut words were restored. */
export const restoredMark = '+whole';
