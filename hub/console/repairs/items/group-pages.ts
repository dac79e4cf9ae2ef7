import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseJson } from '../../../../adapters/kit/text/json.ts';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import { listGroupOf } from '../../../complaints/reading/read-parked-groups.ts';
import { ParkedActionError } from '../../../exchange/parked/parked-actions.ts';
import { withUnseen } from '../../../personal/with-personal.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { findUnknownCode, replaceCode } from './raw-fields.ts';

type Group = Awaited<ReturnType<typeof listGroupOf>>;

/** Decisions about all parked items with the same reasons at once. */
export const groupPages: Pages = (app, deps) => {
  const { parked } = deps;

  app.post('/parked/groups/:sample/retry', async (request, reply) => {
    const user = request.demand('repair');
    const group = await getGroup(deps, request);
    return tell(
      reply,
      await decideOnAll(group, async ({ id }) => 'receiptNumber' in (await parked.retryItem(id, user.login))),
    );
  });

  app.post('/parked/groups/:sample/discard', async (request, reply) => {
    const user = request.demand('repair');
    const { reason = '' } = request.typed();
    if (reason === '') return reply.redirect('/parked?done=reason_missing', 303);
    const group = await getGroup(deps, request);
    const decided = await decideOnAll(group, async ({ id }) => {
      await parked.discardItem(id, user.login, reason);
      return true;
    });
    return tell(reply, decided);
  });

  app.post('/parked/groups/:sample/correct', async (request, reply) => {
    const user = request.demand('repair');
    const group = await getGroup(deps, request);
    const code = findUnknownCode(group[0]?.problems ?? []);
    const { by = '' } = request.typed();
    if (!code?.known.includes(by)) return reply.redirect('/parked?done=code_missing', 303);
    const decided = await decideOnAll(group, async ({ id, body }) => {
      const corrected = replaceCode(parseJson(body), code.value, by);
      return 'receiptNumber' in (await parked.retryItem(id, user.login, corrected));
    });
    return tell(reply, decided);
  });
};

async function getGroup({ store }: ConsoleDeps, request: FastifyRequest): Promise<Group> {
  const sample = toUuid((request.params as { sample: string }).sample);
  if (!sample) throw new PageError('not_found');
  return withUnseen(store, (opened) => listGroupOf(opened, sample));
}

interface Decided {
  done: number;
  left: number;
}

/** One after the other. What somebody else decided meanwhile is done. */
async function decideOnAll(
  group: Group,
  decide: (item: Group[number]) => Promise<boolean>,
): Promise<Decided> {
  let done = 0;
  for (const item of group) {
    const isDone = await decide(item).catch((error: unknown) => {
      if (error instanceof ParkedActionError) return true;
      throw error;
    });
    if (isDone) done += 1;
  }
  return { done, left: group.length - done };
}

const tell = (reply: FastifyReply, { done, left }: Decided) =>
  reply.redirect(`/parked?decided=${done}&left=${left}`, 303);
