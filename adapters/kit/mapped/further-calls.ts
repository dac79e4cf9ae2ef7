/** Further calls about a page or a post: their order, their limits, and what a missing reply means. */
import { type Reason, ReasonError, toReason } from '../../../schemas/reason.ts';
import { CodeError } from '../expressions/codes.ts';
import { HttpError } from '../http/http-errors.ts';
import { type Mapping, MappingError } from '../mapping/mapping.ts';
import type { Prepare } from './prepare.ts';

export interface FurtherCall {
  name: string;
  prepare: Prepare;
  each?: Mapping;
  result?: Mapping;
  most?: number | undefined;
  optional?: boolean | undefined;
  shared?: boolean | undefined;
  /** True if the error says that the board has nothing there. */
  isAbsent(error: HttpError): boolean | Promise<boolean>;
}

/** One look at a board: all calls of one `pull` or `read`. */
export interface Look {
  signal: AbortSignal;
  /** Waits until the next call may be made. Throws HttpError `not_sent` if the look was given up meanwhile. */
  pace(): Promise<void>;
  /** Replies that serve all posts of the look, by name. */
  shared: Map<string, unknown>;
}

/** `pace`: that of the contract's `pull`. The hub waited before the first call, so this does not. */
export function beginLook(signal: AbortSignal, pace?: () => Promise<boolean>): Look {
  let isFirst = true;
  return {
    signal,
    shared: new Map(),
    async pace() {
      const mayGoOn = isFirst || !pace || (await pace());
      isFirst = false;
      if (!mayGoOn) throw new HttpError('not_sent', toReason('not_sent'));
    },
  };
}

/** The board has nothing where a call needs something: the post is gone, or the settings name another place. */
export class Missing extends ReasonError {
  constructor(name: string) {
    super(toReason('detail_missing', { name }));
    this.name = 'Missing';
  }
}

/** This post cannot be completed, and others can. */
export class Unfit extends ReasonError {
  constructor(reason: Reason, cause?: unknown) {
    super(reason, { cause });
    this.name = 'Unfit';
  }
}

/**
 * Makes the calls one after another. Returns their results by name. Throws {@link Missing}, {@link Unfit}, or HttpError
 * if the board gives no good reply.
 */
export async function makeFurtherCalls(
  calls: readonly FurtherCall[],
  known: Record<string, unknown>,
  look: Look,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const call of calls) {
    const result = await makeOne(call, { ...known, ...found }, look).catch((error) => {
      throw isOfExpression(error)
        ? new Unfit(toReason('at', { place: call.name, detail: error.reason }), error)
        : error;
    });
    if (result !== undefined) found[call.name] = result;
  }
  return found;
}

const isOfExpression = (error: unknown): error is MappingError | CodeError =>
  error instanceof MappingError || error instanceof CodeError;

async function makeOne(call: FurtherCall, known: Record<string, unknown>, look: Look): Promise<unknown> {
  if (call.each) return makeEach(call, call.each, known, look);
  if (call.shared && look.shared.has(call.name)) return look.shared.get(call.name);
  const { reply, isThere } = await ask(call, known, look);
  if (!isThere && !call.optional) throw new Missing(call.name);
  if (call.shared) look.shared.set(call.name, reply);
  return reply;
}

async function makeEach(
  { most = 100, ...call }: FurtherCall,
  each: Mapping,
  known: Record<string, unknown>,
  look: Look,
): Promise<unknown[]> {
  const list = [(await each.evaluate(known)) ?? []].flat();
  if (list.length > most)
    throw new Unfit(toReason('too_many_details', { name: call.name, n: list.length, most }));
  const results: unknown[] = [];
  let isAnyThere = list.length === 0;
  for (const one of list) {
    const { reply, isThere } = await ask(call, { ...known, each: one }, look);
    isAnyThere ||= isThere;
    if (isThere && reply !== undefined) results.push(...[reply].flat());
  }
  if (!isAnyThere && !call.optional) throw new Missing(call.name);
  return results;
}

/** A reply is JSON, so an empty one is nothing. It is there all the same. */
async function ask(
  { prepare, result, isAbsent }: FurtherCall,
  input: Record<string, unknown>,
  { signal, pace }: Look,
): Promise<{ reply?: unknown; isThere: boolean }> {
  const send = await prepare(input);
  await pace();
  try {
    const reply = await send(signal);
    return { reply: result ? await result.evaluate(reply) : reply, isThere: true };
  } catch (error) {
    if (error instanceof HttpError && (await isAbsent(error))) return { isThere: false };
    throw error;
  }
}
