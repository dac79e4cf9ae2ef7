import { type Problem, ReasonError, said, toReason } from '../../schemas/reason.ts';
import { compileAuthors, withAuthors } from '../kit/mapped/comments.ts';
import { type ReceivedMapping, toReceived } from '../kit/mapped/mapped-delivery.ts';
import {
  compileMapping,
  type Mapping,
  type MappingContext,
  toMappingOptions,
} from '../kit/mapping/mapping.ts';
import type { HoldingMapping } from '../kit/reading/fingerprints.ts';
import type { RowMapping } from '../kit/reading/page-rows.ts';
import type { FurtherSettings, PushSettings, RestSettings } from './config.ts';

interface PushMapping {
  method: string;
  path: string;
  body?: Mapping;
  externalId?: Mapping;
  partId?: Mapping;
}

export type FurtherMapping = Omit<FurtherSettings, 'query' | 'each' | 'result'> & {
  query?: Mapping;
  each?: Mapping;
  result?: Mapping;
};

/** All expressions of an agency's settings, compiled. */
export interface RestMappings {
  normalise?: Mapping;
  errorWhen?: Mapping;
  fieldErrors?: Mapping;
  pull?: RowMapping & { query: Mapping; pageDetail?: FurtherMapping[]; detail?: FurtherMapping[] };
  received?: ReceivedMapping;
  push: ReadonlyMap<string, PushMapping>;
  find?: { query?: Mapping; ref: Mapping };
  fingerprints?: HoldingMapping & { query: Mapping };
  read?: { item: Mapping };
  attachments: {
    fetch: { query?: Mapping; content?: Mapping };
    fields?: Mapping;
    partId?: Mapping;
    find?: { query?: Mapping; ref: Mapping };
  };
}

export function compileRestMappings(settings: RestSettings, context: MappingContext): RestMappings {
  const { pull, received, push = {}, find, fingerprints, read, attachments: files, codes = {} } = settings;
  const options = toMappingOptions(codes, context);
  const secrets = Object.keys(settings.secrets ?? {});
  const compile = (source: string) => compileMapping(source, options);
  const compileRequest = (source: string) => compileMapping(source, { ...options, secrets });
  const optional = <N extends string>(name: N, source: string | undefined, make = compile) =>
    (source === undefined ? {} : { [name]: make(source) }) as { [K in N]?: Mapping };
  const toPush = ({ method, path, body, externalId, partId }: PushSettings): PushMapping => ({
    method,
    path,
    ...optional('body', body, compileRequest),
    ...optional('externalId', externalId),
    ...optional('partId', partId),
  });
  const toFind = ({ query, ref }: { query?: string; ref: string }) => ({
    ...optional('query', query, compileRequest),
    ref: compile(ref),
  });
  const toFurther = ({ query, each, result, ...call }: FurtherSettings): FurtherMapping => ({
    ...call,
    ...optional('query', query, compileRequest),
    ...optional('each', each),
    ...optional('result', result),
  });
  return {
    ...(settings.normalise !== undefined && {
      normalise: withAuthors(compile(settings.normalise), compileAuthors(settings.authors, compile)),
    }),
    ...optional('errorWhen', settings.errorWhen),
    ...optional('fieldErrors', settings.fieldErrors),
    ...(pull && {
      pull: {
        query: compileRequest(pull.query),
        items: compile(pull.items),
        externalId: compile(pull.externalId),
        updatedAt: compile(pull.updatedAt),
        ...optional('version', pull.version),
        ...(pull.pageDetail && { pageDetail: pull.pageDetail.map(toFurther) }),
        ...(pull.detail && { detail: pull.detail.map(toFurther) }),
      },
    }),
    ...(received && { received: toReceived(received, pull, compile) }),
    push: new Map(Object.entries(push).map(([type, operation]) => [type, toPush(operation)])),
    ...(fingerprints && {
      fingerprints: {
        query: compileRequest(fingerprints.query),
        items: compile(fingerprints.items),
        externalId: compile(fingerprints.externalId),
        post: compile(fingerprints.post),
      },
    }),
    ...(read && { read: { item: compile(read.item) } }),
    ...(find && { find: toFind(find) }),
    attachments: {
      fetch: {
        ...optional('query', files?.fetch?.query, compileRequest),
        ...optional('content', files?.fetch?.content),
      },
      ...optional('fields', files?.push?.fields, compileRequest),
      ...optional('partId', files?.push?.partId),
      ...(files?.find && { find: toFind(files.find) }),
    },
  };
}

/** Fills in the placeholders of a path. Throws if one has no value yet. */
export function fillPath(path: string, values: Record<string, unknown>): string {
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new ReasonError(toReason('path_value_missing', { name }));
    return encodeURIComponent(String(value));
  });
}

/** Converts an expression's result to query parameters. Absent values are left out. */
export function toQuery(result: unknown): Record<string, string> {
  const given = Object.entries((result ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    given
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, String(value)]),
  );
}

/**
 * Converts an expression's result to the fields of a refusal: one, or a list. Entries that are no {pointer, message}
 * are left out.
 */
export function toProblems(result: unknown): Problem[] {
  const given = Array.isArray(result) ? result : [result];
  return given.flatMap((one: { pointer?: unknown; message?: unknown } | undefined) =>
    typeof one?.pointer === 'string' && typeof one.message === 'string'
      ? [{ pointer: one.pointer, reason: said(one.message) }]
      : [],
  );
}
