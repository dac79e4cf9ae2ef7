import { said } from '../../../schemas/reason.ts';
import type { Topic } from '../../queue/topics.ts';
import { agoOf } from '../../store/clocks.ts';
import type { Store } from '../../store/database.ts';
import type { Boards } from '../boards/boards.ts';
import type { FileActions } from './parked-actions.ts';
import { type Sent, wasLookedAt } from './was-looked-at.ts';

interface Parts {
  store: Store;
  boards: Boards;
  look(topic: Topic): void;
  mustBeParked(count: number | null, what: string): void;
}

const decided = 'decided_by = $3, decided_at = now()';
const anew = `tries = 0, next_at = now(), owner = null, ${decided}`;
const ofDelivery = "where attachment_id = $1 and link_id = $2 and state = 'parked' returning agency";
const ofFile = "where id = $1 and $2::uuid is null and state = 'failed' returning agency";

/**
 * People's decisions about files. A file without a link could not be fetched; one with a link could not be brought to
 * that board.
 */
export function createFileActions({ store: { pool }, boards, look, mustBeParked }: Parts): FileActions {
  async function decide(text: string, values: unknown[]): Promise<string> {
    const { rows } = await pool.query<{ agency: string }>(text, values);
    mustBeParked(rows.length, 'file');
    return rows[0]?.agency ?? '';
  }

  async function bringAgain(id: string, linkId: string, user: string): Promise<string> {
    const { rows } = await pool.query<Sent>(
      `select agency, ${agoOf('attempting_since')} as ago from attachment_deliveries where attachment_id = $1 and link_id = $2`,
      [id, linkId],
    );
    const isLookedAt = wasLookedAt(boards, 'findAttachment', rows[0]);
    return decide(
      `update attachment_deliveries set state = 'waiting', attempting = attempting and not $4,
         attempting_since = case when not $4 then attempting_since end, ${anew} ${ofDelivery}`,
      [id, linkId, user, isLookedAt],
    );
  }

  return {
    async retryFile({ id, linkId }, user) {
      const agency = linkId
        ? await bringAgain(id, linkId, user)
        : await decide(`update attachments set state = 'wanted', ${anew} ${ofFile}`, [id, null, user]);
      look(`${linkId ? 'bring' : 'fetch'}-files:${agency}`);
    },
    async giveUpFile({ id, linkId }, user, reason) {
      const given = `owner = null, last_error = $4, ${decided}`;
      if (linkId)
        await decide(`update attachment_deliveries set state = 'skipped', ${given} ${ofDelivery}`, [
          id,
          linkId,
          user,
          JSON.stringify(said(reason)),
        ]);
      else
        await decide(`update attachments set state = 'refused', ${given} ${ofFile}`, [
          id,
          null,
          user,
          JSON.stringify(said(reason)),
        ]);
    },
  };
}
