import { type Reason, toReason, wordReason } from '../../../schemas/index.ts';
import { createInsist, longPause } from '../board/until-taken.ts';
import type { AgentParts } from '../parts.ts';
import { forgetPosts, listOldestPosts, setPostAside } from '../spool/posts.ts';
import { pause } from './bell.ts';
import { HubError } from './hub-error.ts';

const most = 100;

/** Sends the posts to the hub in the order of reading, and deletes them when the hub has them. */
export async function sendPosts(parts: AgentParts): Promise<void> {
  const { spool, hub, bells, stop, log } = parts;
  const insist = createInsist(parts);
  let size = most;
  while (!stop.aborted) {
    const posts = listOldestPosts(spool.db, size);
    const last = posts.at(-1);
    if (!last) {
      await bells.posts.wait(60_000, stop);
      continue;
    }
    try {
      const taken = await insist((signal) =>
        hub.sendPosts(
          posts.map(({ id: _own, ...post }) => post),
          signal,
        ),
      );
      if (!taken) return;
      await spool.write((tx) => forgetPosts(tx, last.id));
      const parked = taken.outcomes.filter((outcome) => outcome === 'parked').length;
      log.debug({ posts: posts.length, parked }, 'posts were taken');
      size = most;
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      if (error.kind !== 'refused') await pause(longPause, stop);
      else if (posts.length > 1) size = Math.ceil(posts.length / 2);
      else await setAside(parts, last.id, error.reason);
    }
  }
}

/**
 * A post that the hub refuses must not block the others. It is kept and counted, and tried again when the agent starts.
 */
async function setAside({ spool, situation, log }: AgentParts, id: number, detail: Reason): Promise<void> {
  const reason = toReason('post_not_taken', { detail });
  await spool.write((tx) => setPostAside(tx, id, detail));
  situation.note('spool', reason);
  log.error({ spooled: id, reason: wordReason(detail, 'en') }, 'a post was set aside');
}
