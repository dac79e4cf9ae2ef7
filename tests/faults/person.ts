import { signIn } from '../demo/desk.ts';
import type { Copy, Seen } from './model/count.ts';
import { markIn } from './model/matter.ts';
import { administrator } from './stage/configure.ts';
import { query } from './stage/database.ts';
import type { Stage } from './stage/stage.ts';

/** A parked link as the console shows it, with the event that has an unknown outcome. */
interface ParkedLink {
  id: string;
  agency: string;
  title: string;
  type: string | null;
  text: string | null;
}

const parkedLinks = `
select l.id, l.agency, c.content->>'title' as title, e.type,
  coalesce(e.data #>> '{followUp,text}', e.data #>> '{answer,text}') as text
from links l join complaints c on c.id = l.complaint_id
left join events e on e.complaint_id = l.complaint_id and e.seq = l.attempting
where l.state = 'parked'`;

/**
 * Acts as the administrator at the console after the fault. For each parked event, the administrator looks whether the
 * board has it. If so, he or she names the post and skips the event, else sends it again. Returns the mark of each
 * decided item.
 */
export async function settleParked(stage: Stage, seen: Seen): Promise<string[]> {
  const links = await query<ParkedLink>(stage.databaseUrl(), parkedLinks);
  const items = await query<{ id: string; body: string }>(
    stage.databaseUrl(),
    "select id, body from raw_items where outcome = 'parked'",
  );
  if (links.length + items.length === 0) return [];
  const url = stage.hubs[0]?.url ?? '';
  const desk = await signIn(url, administrator.login, administrator.password);
  for (const link of links) {
    const externalId = findPost(link, seen)?.id;
    const [action, fields] = externalId
      ? ['skip', { reason: '게시판에 이미 있습니다', externalId }]
      : ['retry', {}];
    await desk.send(`/parked/links/${link.id}/${action}`, link.id, fields);
  }
  for (const { id } of items) {
    // Items that were damaged when they were read have come again intact. Items that still cannot be applied are
    // useless.
    const retried = await desk.send(`/parked/items/${id}/retry`, id, {}).catch(() => undefined);
    if (retried === undefined)
      await desk.send(`/parked/items/${id}/discard`, id, { reason: '고장 중에 읽힌 것입니다' });
  }
  return [...links.map(({ title }) => title), ...items.map(({ body }) => body)].map(
    (text) => markIn(text) ?? '',
  );
}

/** The post that shows what was sent. */
function findPost({ agency, title, type, text }: ParkedLink, { copies }: Seen): Copy | undefined {
  if (type === null) return undefined;
  const held = copies.filter(({ place, mark }) => place === agency && mark === markIn(title));
  return text ? held.find(({ parts }) => parts.some((part) => part.endsWith(text))) : held[0];
}
