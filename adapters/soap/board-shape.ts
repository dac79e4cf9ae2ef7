import type { BoardAdapter, ShapePlace } from '../contract.ts';
import { listFurtherCalls } from '../kit/mapped/mapped-settings.ts';
import type { Located } from '../kit/mapping/check-expressions.ts';
import { checkRequest } from '../kit/mapping/check-request.ts';
import { listCodeFields } from '../kit/mapping/expression-names.ts';
import { createUses, readNewest, type ShapeGroup, shapeOfValues } from '../kit/mapping/shape.ts';
import { toBoardError } from '../kit/outcome/call-error.ts';
import type { SoapParts } from './attachments.ts';
import type { SoapSettings } from './config.ts';
import type { OperationShape } from './wsdl.ts';

/**
 * Two sources: what the WSDL declares (`insertCvpl`, `insertCvpl.input.CVPL_SJ`, `….output.…`), and for a board that is
 * read what it really sends (`reply` and `post`).
 */
export function createSoapShape(parts: SoapParts): Pick<BoardAdapter, 'shape' | 'usesOf' | 'checkDraft'> {
  const { settings, mappings, client } = parts;
  const { pull: mapping } = mappings;
  const operations = listOperations(settings);
  const usesBelow = createUses(toGroups(settings, operations));

  async function sample(signal: AbortSignal): Promise<ShapePlace[]> {
    if (!mapping) return [];
    const read = async (since: string | undefined) => {
      const size = settings.pull?.pageSize ?? 100;
      const request = (await mapping.request.evaluate({ since, page: 1, size })) ?? {};
      const reply = await client.call(mapping.operation, request, signal);
      // If the list is gone, the places of the reply show it.
      const found = await mapping.items.evaluate(reply).catch(() => undefined);
      return { posts: found === undefined ? [] : [found].flat(), told: reply };
    };
    const { posts, told } = await readNewest(read);
    return [
      ...shapeOfValues('reply', [told], { flat: true }),
      ...shapeOfValues('post', posts, {
        codes: { fields: listCodeFields(settings.normalise ?? ''), tables: settings.codes ?? {} },
      }),
    ];
  }

  async function look(signal: AbortSignal): Promise<ShapePlace[]> {
    const declared = await client.describe(signal);
    const places = [...declared].flatMap(([operation, one]) => toPlaces(operation, one));
    // A missing operation is reported as missing. Trying to read by it would fail with a less clear error.
    const isThere = mapping !== undefined && declared.has(mapping.operation);
    return [...places, ...(isThere ? await sample(signal) : [])];
  }

  return {
    shape: (signal) => look(signal).catch((error) => Promise.reject(toBoardError(error))),
    usesOf: (place) => {
      const named = operations.flatMap(({ pointer, operation }) =>
        operation === place ? `${pointer}/operation` : [],
      );
      return named.length > 0 ? named : usesBelow(place);
    },
    checkDraft(draft, places) {
      const { operation, request } = draft as { operation: string; request: unknown };
      return checkRequest(request, `${operation}.input`, places).map(({ pointer, reason }) => ({
        pointer: `/request${pointer}`,
        reason,
      }));
    },
  };
}

interface UsedOperation {
  pointer: string;
  operation: string;
  request: string;
  /** The expressions that read its reply. */
  read: [name: string, source: string | undefined][];
}

function listOperations({ pull, push = {}, find, fingerprints, read, attachments, normalise }: SoapSettings) {
  const used: UsedOperation[] = [];
  const add = (
    pointer: string,
    mapping: { operation: string; request: string } | undefined,
    read: UsedOperation['read'],
  ) => mapping && used.push({ pointer, operation: mapping.operation, request: mapping.request, read });
  const post: UsedOperation['read'] = [['/normalise', normalise]];
  const rows = pull && listFields('/pull', pull, ['items', 'externalId', 'updatedAt', 'version']);
  add('/pull', pull, [...(rows ?? []), ...post]);
  for (const [pointer, call] of listFurtherCalls(pull))
    add(pointer, call, [...listFields(pointer, call, ['result', 'each']), ...post]);
  for (const [type, one] of Object.entries(push))
    add(`/push/${type}`, one, listFields(`/push/${type}`, one, ['externalId', 'partId']));
  add('/find', find, [['/find/ref', find?.ref]]);
  const held = fingerprints && listFields('/fingerprints', fingerprints, ['items', 'externalId', 'post']);
  add('/fingerprints', fingerprints, held ?? []);
  add('/read', read, [['/read/item', read?.item], ...post]);
  const fetch = attachments?.fetch?.by === 'operation' ? attachments.fetch : undefined;
  add('/attachments/fetch', fetch, [['/attachments/fetch/content', fetch?.content]]);
  add('/attachments/push', attachments?.push, [['/attachments/push/partId', attachments?.push?.partId]]);
  add('/attachments/find', attachments?.find, [['/attachments/find/ref', attachments?.find?.ref]]);
  return used;
}

const listFields = (pointer: string, mapping: object, names: string[]): UsedOperation['read'] =>
  names.map((name) => [`${pointer}/${name}`, (mapping as Record<string, string | undefined>)[name]]);

function toGroups({ errorWhen }: SoapSettings, operations: UsedOperation[]): ShapeGroup[] {
  const named = (read: UsedOperation['read']) => read.filter((one): one is Located => one[1] !== undefined);
  const always: UsedOperation['read'] = [['/errorWhen', errorWhen]];
  const declared = operations.flatMap(({ pointer, operation, request, read }): ShapeGroup[] => [
    { root: `${operation}.input`, expressions: [[`${pointer}/request`, request]], writes: true },
    { root: `${operation}.output`, expressions: named([...read, ...always]) },
  ]);
  const sampled = operations.find(({ pointer }) => pointer === '/pull');
  if (!sampled) return declared;
  const ofReply = (name: string) => name === '/pull/items';
  return [
    ...declared,
    { root: 'reply', expressions: named([...sampled.read.filter(([name]) => ofReply(name)), ...always]) },
    { root: 'post', expressions: named(sampled.read.filter(([name]) => !ofReply(name))) },
  ];
}

function toPlaces(operation: string, { input, output }: OperationShape): ShapePlace[] {
  const places: ShapePlace[] = [{ place: operation, type: 'operation' }];
  const walk = (at: string, described: unknown, depth: number): void => {
    if (typeof described !== 'object' || described === null || depth > 12) return;
    for (const [name, inner] of Object.entries(described)) {
      if (name === 'targetNSAlias' || name === 'targetNamespace') continue;
      const place = `${at}.${name}`;
      const isSimple = typeof inner === 'string';
      // A document may choose its prefixes freely, so they are not part of the type.
      const type = isSimple
        ? inner.replace(/(?<![\w-])[\w-]+:/g, '')
        : name.endsWith('[]')
          ? 'list'
          : 'object';
      places.push({ place, type });
      if (!isSimple) walk(place, inner, depth + 1);
    }
  };
  walk(`${operation}.input`, input, 0);
  walk(`${operation}.output`, output, 0);
  return places;
}
