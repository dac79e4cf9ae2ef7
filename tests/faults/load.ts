import { setTimeout as pause } from 'node:timers/promises';
import type { Stretch } from './machine.ts';
import type { Copy, Seen } from './model/count.ts';
import {
  answerText,
  bodyOf,
  desk,
  emailOf,
  fileOf,
  followUpText,
  interimText,
  type Matter,
  nameOf,
  phoneOf,
  titleOf,
} from './model/matter.ts';
import type { BoardAct, Filing } from './outside/protocol.ts';
import type { RunOptions } from './run-options.ts';
import type { Stage } from './stage/stage.ts';

/** The people and programs who file, ask and answer. They see the boards, never the inside of the hub. */
export interface Load {
  /** Does what is due now. */
  step(seen: Seen): Promise<void>;
  /** Marks of the complaints for which there is still something to do. */
  unfinished(): Set<string>;
  /** Actions that failed for good. */
  readonly failures: string[];
}

/** The progress of one complaint. */
interface Progress {
  matter: Matter;
  /** The id on the board where it was filed, or the receipt number from the door. */
  filed?: string;
  followUps: number;
  nextFollowUp: number;
  replies: number;
  /** True: a call to the door is running. */
  calling: boolean;
}

export function startLoad(
  stage: Stage,
  matters: readonly Matter[],
  { deadline: signal, machine }: Pick<RunOptions, 'deadline' | 'machine'>,
): Load {
  const began = Date.now();
  const failures: string[] = [];
  const door = createDoor(stage, signal, machine.stretch);
  const all: Progress[] = matters.map((matter) => {
    return { matter, followUps: 0, nextFollowUp: 0, replies: 0, calling: false };
  });

  function call(progress: Progress, work: () => Promise<void>): void {
    progress.calling = true;
    work()
      .catch((error: unknown) => {
        if (!signal.aborted) failures.push(`${progress.matter.mark}: ${String(error)}`);
      })
      .finally(() => {
        progress.calling = false;
      });
  }

  async function file(progress: Progress): Promise<void> {
    const { matter } = progress;
    if (matter.from === desk) {
      call(progress, async () => {
        progress.filed = await door.register(matter);
      });
    } else {
      progress.filed = await stage.outside.ask<string>('file', {
        code: matter.from,
        matter,
      } satisfies Filing);
    }
  }

  async function ask(progress: Progress): Promise<void> {
    const { matter, filed = '' } = progress;
    const text = followUpText(matter, progress.followUps + 1);
    progress.nextFollowUp = Date.now() + matter.gap;
    const asked = () => {
      progress.followUps += 1;
    };
    if (matter.from === desk)
      call(progress, () => {
        const key = `${matter.mark}-question-${progress.followUps + 1}`;
        return door.add(desk, filed, { kind: 'follow-ups', key, text }).then(asked);
      });
    else
      await stage.outside
        .ask('followUp', { code: matter.from, id: filed, text } satisfies BoardAct)
        .then(asked);
  }

  /** The officer answers on the board, or at the door if the hub does not read that board. */
  async function reply(progress: Progress, copy: Copy): Promise<void> {
    const { matter, filed = '' } = progress;
    const interim = progress.replies < matter.interims;
    const text = interim ? interimText(matter, progress.replies + 1) : answerText(matter);
    const replied = () => {
      progress.replies += 1;
    };
    if (!matter.answersAtDoor) {
      const act: BoardAct = { code: matter.to, id: copy.id, text };
      await stage.outside.ask(interim ? 'interim' : 'answer', act).then(replied);
    } else {
      call(progress, () => {
        const key = `${matter.mark}-answer-${progress.replies + 1}`;
        return door.add(matter.to, filed, { kind: 'answers', key, text, interim }).then(replied);
      });
    }
  }

  return {
    failures,
    unfinished: () => new Set(all.filter((progress) => !isDone(progress)).map(({ matter }) => matter.mark)),
    async step(seen) {
      const arrived = new Map(seen.copies.map((copy) => [`${copy.place} ${copy.mark}`, copy]));
      const now = Date.now();
      for (const progress of all) {
        const { matter, filed } = progress;
        if (progress.calling) continue;
        if (filed === undefined) {
          if (now >= began + matter.startsAt) await file(progress);
          continue;
        }
        if (progress.followUps < matter.followUps && now >= progress.nextFollowUp) await ask(progress);
        const copy = arrived.get(`${matter.to} ${matter.mark}`);
        if (copy && !progress.calling && progress.replies <= matter.interims) await reply(progress, copy);
      }
    },
  };
}

const isDone = ({ matter, filed, followUps, replies }: Progress): boolean =>
  filed !== undefined && followUps === matter.followUps && replies === matter.interims + 1;

const againAfter = 200;
const callWithin = 8_000;

/** An agency's program at the REST door. It repeats each call with the same key until the hub accepts it. */
function createDoor({ hubs, apiKeys }: Stage, signal: AbortSignal, stretch: Stretch) {
  let turn = 0;
  async function post<T>(agency: string, path: string, key: string, body: object | Buffer): Promise<T> {
    const isFile = Buffer.isBuffer(body);
    for (;;) {
      signal.throwIfAborted();
      const url = `${hubs[turn++ % hubs.length]?.url}/api/v1/${path}`;
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${apiKeys[agency]}`,
            'content-type': isFile ? 'application/pdf' : 'application/json',
            'idempotency-key': key,
          },
          body: isFile ? new Uint8Array(body) : JSON.stringify(body),
          signal: AbortSignal.timeout(stretch(callWithin)),
        });
        if (response.ok) return (await response.json()) as T;
        if (response.status < 500 && response.status !== 429)
          return Promise.reject(new Error(`the door answered ${response.status}: ${await response.text()}`));
      } catch {
        // There was no reply. With the same key a repeated call does no harm.
      }
      await pause(againAfter);
    }
  }
  return {
    async register(matter: Matter): Promise<string> {
      const { name, bytes } = fileOf(matter);
      const path = `attachments?name=${name}`;
      const attachments = matter.hasFile
        ? [{ id: (await post<{ id: string }>(desk, path, `${matter.mark}-file`, bytes)).id, name }]
        : undefined;
      const { mark: externalId, to: region, by: notifyBy } = matter;
      const complainant = { name: nameOf(matter), email: emailOf(matter), notifyBy };
      const content = {
        title: titleOf(matter),
        body: bodyOf(matter),
        kind: 'query',
        category: '기타',
        region,
        attachments,
        complainant: { ...complainant, phone: `+82${phoneOf(matter).slice(1)}` },
        filedAt: new Date().toISOString(),
      };
      const receipt = await post<{ receiptNumber: string }>(desk, 'complaints', externalId, {
        externalId,
        content,
      });
      return receipt.receiptNumber;
    },
    async add(agency: string, receiptNumber: string, { kind, key, ...part }: DoorPart): Promise<void> {
      await post(agency, `complaints/${receiptNumber}/${kind}`, key, part);
    },
  };
}

interface DoorPart {
  kind: 'answers' | 'follow-ups';
  key: string;
  text: string;
  interim?: boolean;
}
