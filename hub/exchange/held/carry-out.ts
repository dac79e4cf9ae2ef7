import type { Logger } from 'pino';
import { isMasked, type MaskCounts, type Post, type Problem } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { type Action, may } from '../../access/people/rights.ts';
import type { Role } from '../../access/people/users.ts';
import { postpone } from '../../complaints/held/end-held.ts';
import { returnHeld } from '../../complaints/held/give-back.ts';
import type { Store } from '../../store/database.ts';
import type { Accept } from '../intake/incoming.ts';
import { datePost } from './date-post.ts';

export interface HeldDependencies {
  store: Store;
  accept: Accept;
  log: Logger;
  /** Tells pages that something changed. */
  changed?(): void;
}

/** `over`: it went out or was taken back before. */
export type CarriedOut = 'sent' | 'returned' | 'over';

/** Acts that are carried out at once: they share a commit (store/group-commit.ts). */
const atOnce = 32;

/**
 * Carries out what people sent and nobody took back, once it is due. It is judged again by what is known then. Whatever
 * happened to the hub meanwhile, each goes out once (complaints/held/end-held.ts) or returns to its sender.
 */
export function createHeldActs({ store, accept, log, changed }: HeldDependencies) {
  async function carryOut(id: string): Promise<CarriedOut> {
    const act = await findAct(store, id);
    if (!act) return 'over';
    if (!mayAct(act)) return giveBack(id, [{ pointer: '', reason: toReason('held_no_right') }]);
    const accepted = await accept({
      agency: act.agency,
      user: act.login,
      complaintId: act.complaint_id,
      source: 'console',
      externalId: act.external_id,
      version: '1',
      raw: act.fields,
      normalised: { ok: true, post: datePost(act.post, act.sent_at) },
      ...(isMasked(act.masked) && { masked: act.masked }),
      held: { id, sentAt: act.sent_at.getTime() },
    });
    return 'problems' in accepted ? giveBack(id, accepted.problems) : 'sent';
  }

  async function giveBack(id: string, problems: Problem[]): Promise<CarriedOut> {
    const isReturned = await returnHeld(store, id, problems);
    if (!isReturned) return 'over';
    log.info(
      { act: id, at: problems.map(({ pointer }) => pointer) },
      'what was sent is refused: its sender has to look',
    );
    changed?.();
    return 'returned';
  }

  /** A failure of this program at one act must not keep the others from going out. */
  async function carryOutSafely(id: string): Promise<void> {
    try {
      await carryOut(id);
    } catch (error) {
      await postpone(store.pool, id);
      log.error({ err: error, act: id }, 'what was sent could not be carried out yet');
    }
  }

  return {
    carryOut,
    /** Carries out all that is due. Throws if the database is out of reach; then it is still due. */
    async drain(stop: AbortSignal): Promise<void> {
      while (!stop.aborted) {
        const ids = await listDue(store);
        if (ids.length === 0) return;
        await Promise.all(ids.map(carryOutSafely));
      }
    },
  };
}

async function listDue({ pool }: Store): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'held-due',
    text: `select id from held_acts where state = 'held' and due_at <= now() order by due_at, id limit ${atOnce}`,
  });
  return rows.map(({ id }) => id);
}

interface Act {
  complaint_id: string;
  login: string;
  agency: string;
  action: Action;
  fields: Record<string, string>;
  post: Post;
  masked: MaskCounts;
  external_id: string;
  sent_at: Date;
  assignee: string;
  /** The agencies that have a part in the complaint. */
  parties: string[];
  /** Null: the account is gone or disabled. */
  role: Role | null;
  user_agency: string | null;
}

async function findAct({ pool }: Store, id: string): Promise<Act | undefined> {
  const { rows } = await pool.query<Act>({
    name: 'held-act',
    text: `select h.complaint_id, h.login, h.agency, h.action, h.fields, h.post, h.masked, h.external_id, h.sent_at, c.assignee,
             array(select l.agency from links l where l.complaint_id = c.id) as parties, u.role, u.agency as user_agency
           from held_acts h join complaints c on c.id = h.complaint_id
           left join users u on u.id = h.user_id and u.disabled_at is null
           where h.id = $1 and h.state = 'held'`,
    values: [id],
  });
  return rows[0];
}

/** Whether the person may still do it, in the name of the same agency. That the session has ended does not matter. */
function mayAct({ role, user_agency, agency, action, assignee, parties }: Act): boolean {
  if (role === null || (user_agency !== null && user_agency !== agency)) return false;
  const subject = { assignee, agencies: [assignee, ...parties] };
  return may({ role, agency: user_agency }, action, subject);
}
