import type { BoardAdapter, ShapePlace } from '../contract.ts';
import { listFurtherCalls } from '../kit/mapped/mapped-settings.ts';
import type { Located } from '../kit/mapping/check-expressions.ts';
import { listCodeFields } from '../kit/mapping/expression-names.ts';
import { createUses, readNewest, shapeOfValues } from '../kit/mapping/shape.ts';
import { toBoardError } from '../kit/outcome/call-error.ts';
import type { RestParts } from './attachments.ts';
import { toQuery } from './mapping.ts';

/**
 * `reply`: the structure of a page of posts; `post`: that of one post. What a board accepts cannot be seen from
 * outside.
 */
export function createRestShape(parts: RestParts): Pick<BoardAdapter, 'shape' | 'usesOf'> {
  const { settings, mappings, client } = parts;
  const { pull, codes: tables = {}, normalise, errorWhen } = settings;
  const { pull: mapping } = mappings;
  if (!pull || !mapping) return {};
  const { items, externalId, updatedAt, version } = pull;
  const named = (expressions: [string, string | undefined][]) =>
    expressions.filter((entry): entry is Located => entry[1] !== undefined);

  async function look(signal: AbortSignal): Promise<ShapePlace[]> {
    const read = async (since: string | undefined) => {
      const query = toQuery(await mapping?.query.evaluate({ since, page: 1, size: pull?.pageSize ?? 100 }));
      const reply = await client.call({ method: 'GET', path: pull?.path ?? '', query }, signal);
      // If the list is gone, the places of the reply show it.
      const found = await mapping?.items.evaluate(reply).catch(() => undefined);
      return { posts: found === undefined ? [] : [found].flat(), told: reply };
    };
    const { posts, told } = await readNewest(read);
    return [
      ...shapeOfValues('reply', [told], { flat: true }),
      ...shapeOfValues('post', posts, { codes: { fields: listCodeFields(normalise ?? ''), tables } }),
    ];
  }

  return {
    shape: (signal) => look(signal).catch((error) => Promise.reject(toBoardError(error))),
    usesOf: createUses([
      {
        root: 'reply',
        expressions: named([
          ['/pull/items', items],
          ['/errorWhen', errorWhen],
        ]),
      },
      {
        root: 'post',
        expressions: named([
          ['/pull/externalId', externalId],
          ['/pull/updatedAt', updatedAt],
          ['/pull/version', version],
          ['/normalise', normalise],
          ...listFurtherCalls(pull).flatMap(([pointer, { each, query }]): [string, string | undefined][] => [
            [`${pointer}/each`, each],
            [`${pointer}/query`, query],
          ]),
        ]),
      },
    ]),
  };
}
