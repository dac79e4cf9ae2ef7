import { describe, expect, it } from 'vitest';
import type { BoardAdapter, Outcome } from '../../../adapters/contract.ts';
import type { Sending } from '../../../adapters/relay/bring-event.ts';
import { type Delivered, deliverEvent } from '../../../adapters/relay/deliver-event.ts';
import { createFailing } from '../../../adapters/relay/failing.ts';

const done: Outcome = { kind: 'done', ref: { externalId: 'B-1' } };

interface Case {
  outcome?: Outcome;
  /** What the board says when it is asked; absent: it cannot be asked. */
  found?: { externalId: string } | 'nothing';
  isUnknown?: boolean;
  isAgain?: boolean;
  /** The board is left alone once this has happened. */
  heldAfter?: string;
}

/** Delivers one event, and says in which order what happened. */
async function deliver(of: Case): Promise<{ order: string[]; delivered: Delivered | undefined }> {
  const { outcome = done, found, isUnknown = false, isAgain = false, heldAfter } = of;
  const order: string[] = [];
  const note = (what: string) => void order.push(what);
  const adapter = {
    async push() {
      note('push');
      return outcome;
    },
    ...(found && {
      async find() {
        note('find');
        return found === 'nothing' ? undefined : found;
      },
    }),
  } as unknown as BoardAdapter;
  const delivered = await deliverEvent(
    {
      target: {
        adapter,
        connection: { adapter: 'rest', settings: {} },
        cut: new AbortController().signal,
      },
      failing: createFailing(),
      async pace() {
        note('pace');
        return true;
      },
      isHeld: () => heldAfter !== undefined && order.includes(heldAfter),
      limit: async (call) => call(),
    },
    {
      id: 'one',
      sending: { key: 'A/1', tries: 0 } as Sending,
      isUnknown,
      isAgain,
      start: async () => note('start'),
      withdraw: async () => note('withdraw'),
      isRefusedAlone: () => false,
      record: async ({ step }) => note(`record ${step.kind}`),
    },
  );
  return { order, delivered };
}

describe('one step of delivery', () => {
  it('marks before it calls, and records after it', async () => {
    const { order, delivered } = await deliver({});
    expect(order).toEqual(['pace', 'start', 'push', 'record done']);
    expect(delivered).toMatchObject({ called: true, attempt: { outcome: 'done', reason: null } });
  });

  it('asks first about what was sent without a reply, and sends nothing that is there', async () => {
    const { order, delivered } = await deliver({ isUnknown: true, found: { externalId: 'B-7' } });
    expect(order).toEqual(['pace', 'find', 'record done']);
    expect(delivered).toEqual({ step: { kind: 'done', ref: { externalId: 'B-7' } }, called: true });
  });

  it('sends what the board does not hold', async () => {
    const { order } = await deliver({ isUnknown: true, found: 'nothing' });
    expect(order).toEqual(['pace', 'find', 'pace', 'start', 'push', 'record done']);
  });

  it('asks about what is brought again where it can, and sends it where it cannot', async () => {
    expect((await deliver({ isAgain: true, found: 'nothing' })).order).toContain('find');
    expect((await deliver({ isAgain: true })).order).toEqual(['pace', 'start', 'push', 'record done']);
  });

  it('parks what nobody can know, which says nothing of the board', async () => {
    const { order, delivered } = await deliver({ isUnknown: true });
    expect(order).toEqual(['pace', 'record parked']);
    expect(delivered).toMatchObject({ step: { kind: 'parked', asking: true }, called: false });
  });

  it('takes the mark back where the board is left alone before the call', async () => {
    const { order, delivered } = await deliver({ heldAfter: 'start' });
    expect(order).toEqual(['pace', 'start', 'withdraw']);
    expect(delivered).toBeUndefined();
  });

  it('neither asks nor marks while the board is left alone', async () => {
    expect((await deliver({ heldAfter: 'pace' })).order).toEqual(['pace']);
    expect((await deliver({ heldAfter: 'pace', isUnknown: true, found: 'nothing' })).order).toEqual(['pace']);
  });

  it('tells the breaker of what failed', async () => {
    const { delivered } = await deliver({ outcome: { kind: 'unknown', reason: 'no reply' } });
    expect(delivered).toMatchObject({
      step: { kind: 'later', asking: true },
      failure: { isFirst: true, isUnknown: true },
      attempt: { outcome: 'unknown', reason: { code: 'said', said: 'no reply' } },
    });
  });
});
