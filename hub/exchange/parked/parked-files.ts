import { said } from '../../../schemas/reason.ts';
import type { Topic } from '../../queue/topics.ts';
import type { Store } from '../../store/database.ts';
import type { FileActions } from './parked-actions.ts';

interface Parts {
  store: Store;
  look(topic: Topic): void;
  mustBeParked(count: number | null, what: string): void;
}

const decided = 'decided_by = $3, decided_at = now()';
const ofDelivery = "where attachment_id = $1 and link_id = $2 and state = 'parked' returning agency";
const ofFile = "where id = $1 and $2::uuid is null and state = 'failed' returning agency";

/**
 * People's decisions about files. A file without a link could not be fetched; one with a link could not be brought to
 * that board.
 */
export function createFileActions({ store: { pool }, look, mustBeParked }: Parts): FileActions {
  async function decide(text: string, values: unknown[]): Promise<string> {
    const { rows } = await pool.query<{ agency: string }>(text, values);
    mustBeParked(rows.length, 'file');
    return rows[0]?.agency ?? '';
  }

  return {
    async retryFile({ id, linkId }, user) {
      const anew = `tries = 0, next_at = now(), owner = null, ${decided}`;
      const agency = linkId
        ? await decide(`update attachment_deliveries set state = 'waiting', ${anew} ${ofDelivery}`, [
            id,
            linkId,
            user,
          ])
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
