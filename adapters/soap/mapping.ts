import { type Problem, type Reason, toReason } from '../../schemas/reason.ts';
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
import { codePointOf, findUnencodable, toUnencodable } from '../kit/text/charset.ts';
import type { FurtherSettings, PushSettings, SoapSettings } from './config.ts';
import { fittingCharset } from './encode-xml.ts';

interface PushMapping {
  operation: string;
  request: Mapping;
  externalId?: Mapping;
  partId?: Mapping;
}

interface FindMapping {
  operation: string;
  request: Mapping;
  ref: Mapping;
}

export type FurtherMapping = Omit<FurtherSettings, 'request' | 'each' | 'result' | 'absentWhen'> & {
  request: Mapping;
  each?: Mapping;
  result?: Mapping;
  absentWhen?: Mapping;
};

type PullMapping = RowMapping & {
  operation: string;
  request: Mapping;
  pageDetail?: FurtherMapping[];
  detail?: FurtherMapping[];
};

/** All expressions of an agency's settings, compiled. */
export interface SoapMappings {
  normalise?: Mapping;
  errorWhen?: Mapping;
  pull?: PullMapping;
  received?: ReceivedMapping;
  push: ReadonlyMap<string, PushMapping>;
  fingerprints?: HoldingMapping & { operation: string; request: Mapping };
  read?: { operation: string; request: Mapping; item: Mapping; absentWhen?: Mapping };
  find?: FindMapping;
  attachments: {
    fetch?: { operation: string; request: Mapping; content: Mapping };
    push?: PushMapping;
    find?: FindMapping;
  };
}

export function compileSoapMappings(settings: SoapSettings, context: MappingContext): SoapMappings {
  const { pull, received, push = {}, find, fingerprints, read, attachments: files, codes = {} } = settings;
  const options = toMappingOptions(codes, context);
  const secrets = Object.keys(settings.secrets ?? {});
  const compile = (source: string) => compileMapping(source, options);
  const compileRequest = (source: string) => compileMapping(source, { ...options, secrets });
  const optional = <N extends string>(name: N, source: string | undefined) =>
    (source === undefined ? {} : { [name]: compile(source) }) as { [K in N]?: Mapping };
  const toPush = ({ operation, request, externalId, partId }: PushSettings): PushMapping => ({
    operation,
    request: compileRequest(request),
    ...optional('externalId', externalId),
    ...optional('partId', partId),
  });
  const toFind = ({ operation, request, ref }: NonNullable<SoapSettings['find']>): FindMapping => ({
    operation,
    request: compileRequest(request),
    ref: compile(ref),
  });
  const toFurther = ({ request, each, result, absentWhen, ...call }: FurtherSettings): FurtherMapping => ({
    ...call,
    request: compileRequest(request),
    ...optional('each', each),
    ...optional('result', result),
    ...optional('absentWhen', absentWhen),
  });
  return {
    ...(settings.normalise !== undefined && {
      normalise: withAuthors(compile(settings.normalise), compileAuthors(settings.authors, compile)),
    }),
    ...optional('errorWhen', settings.errorWhen),
    ...(pull && {
      pull: {
        operation: pull.operation,
        request: compileRequest(pull.request),
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
        operation: fingerprints.operation,
        request: compileRequest(fingerprints.request),
        items: compile(fingerprints.items),
        externalId: compile(fingerprints.externalId),
        post: compile(fingerprints.post),
      },
    }),
    ...(read && {
      read: {
        operation: read.operation,
        request: compileRequest(read.request),
        item: compile(read.item),
        ...optional('absentWhen', read.absentWhen),
      },
    }),
    ...(find && { find: toFind(find) }),
    attachments: {
      ...(files?.fetch?.by === 'operation' && {
        fetch: {
          operation: files.fetch.operation,
          request: compileRequest(files.fetch.request),
          content: compile(files.fetch.content),
        },
      }),
      ...(files?.push && { push: toPush(files.push) }),
      ...(files?.find && { find: toFind(files.find) }),
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 cannot hold (chapter 2.2)
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Returns a request whose texts all fit the board's charset, or the texts that do not fit and their places. macOS
 * writes Hangul syllables as separate letters. They are composed before the check.
 */
export function toWritable(request: unknown, charset: string): { request: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  const walk = (value: unknown, pointer: string): unknown => {
    if (typeof value === 'string') {
      const { text, reason } = toFitting(value, charset);
      if (reason) problems.push({ pointer, reason });
      return text;
    }
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${pointer}/${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, walk(item, `${pointer}/${name}`)]),
    );
  };
  return { request: walk(request, ''), problems };
}

function toFitting(text: string, charset: string): { text: string; reason?: Reason } {
  const control = notInXml.exec(text)?.[0];
  if (control !== undefined) return { text, reason: toReason('not_in_xml', { sign: codePointOf(control) }) };
  const composed = findUnencodable(text, charset).length > 0 ? text.normalize('NFC') : text;
  const left = findUnencodable(composed, fittingCharset(charset));
  return left.length === 0 ? { text: composed } : { text, reason: toUnencodable(charset, left) };
}
