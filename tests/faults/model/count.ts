import {
  addEffect,
  type Content,
  type Effect,
  type Effects,
  expectedOf,
  holds,
  keyOf,
  partsOf,
  shows,
} from './expected.ts';
import type { Matter } from './matter.ts';

/** One post of a board, from the board's own storage. */
export interface Copy extends Content {
  place: string;
  id: string;
  mark: string;
  /** Answers and questions, each in the board's order. */
  parts: string[];
}

/** One message in the storage of a mail or SMS server. */
export interface Message {
  mark: string;
  effect: Effect;
}

/** Everything that was found outside the hub. */
export interface Seen {
  copies: Copy[];
  messages: Message[];
}

export interface Tally {
  /** The number of missing effects. */
  lost: number;
  /** The number of duplicate or unplanned effects at places that can be asked what they hold. */
  doubled: number;
  /** The same for places that cannot be asked, by place. The limit is the number of unknown outcomes there. */
  repeated: Record<string, number>;
  /** The number of lists whose parts are not in the order of writing. */
  outOfOrder: number;
  /** Each of these faults in words. */
  details: string[];
}

export interface Rules {
  /** True if the hub or a person can ask the place what became of a call. */
  asked(place: string): boolean;
  /** Addresses that the mail server refuses. */
  refused?: ReadonlySet<string>;
}

/** Compares what was found outside with the plan, effect by effect. Pure. */
export function countEffects(matters: readonly Matter[], seen: Seen, rules: Rules): Tally {
  const tally: Tally = { lost: 0, doubled: 0, repeated: {}, outOfOrder: 0, details: [] };
  const copies = Map.groupBy(seen.copies, ({ mark }) => mark);
  const messages = Map.groupBy(seen.messages, ({ mark }) => mark);
  for (const matter of matters) {
    const { mark } = matter;
    const held = copies.get(mark) ?? [];
    compare(tally, mark, rules, expectedOf(matter, rules.refused), foundOf(held, messages.get(mark) ?? []));
    for (const copy of held) judgeOrder(tally, matter, copy);
  }
  return tally;
}

function foundOf(copies: Copy[], messages: Message[]): Effects {
  const found: Effects = new Map();
  for (const copy of copies) {
    addEffect(found, holds(copy.place, copy));
    for (const part of copy.parts) addEffect(found, shows(copy.place, part));
  }
  for (const { effect } of messages) addEffect(found, effect);
  return found;
}

function compare(tally: Tally, mark: string, rules: Rules, expected: Effects, found: Effects): void {
  for (const { effect } of new Map([...expected, ...found]).values()) {
    const wanted = expected.get(keyOf(effect))?.times ?? 0;
    const there = found.get(keyOf(effect))?.times ?? 0;
    const tell = (what: string) =>
      tally.details.push(`${what}: ${mark} ${keyOf(effect)} (${there} instead of ${wanted})`);
    if (there < wanted) {
      tally.lost += wanted - there;
      tell('lost');
    } else if (there > wanted) {
      const { place } = effect;
      const asked = rules.asked(place);
      if (asked) tally.doubled += there - wanted;
      else tally.repeated[place] = (tally.repeated[place] ?? 0) + there - wanted;
      tell(asked ? 'doubled' : 'repeated');
    }
  }
}

/** Judges only the order. Missing and duplicate parts are counted elsewhere. */
function judgeOrder(tally: Tally, matter: Matter, copy: Copy): void {
  const { answers, questions } = partsOf(matter);
  for (const planned of [answers, questions]) {
    const places = copy.parts.map((part) => planned.indexOf(part)).filter((place) => place >= 0);
    if (places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0))) continue;
    tally.outOfOrder += 1;
    const order = copy.parts.filter((part) => planned.includes(part)).join(' | ');
    tally.details.push(`out of order: ${matter.mark} on ${copy.place} as ${copy.id}: ${order}`);
  }
}
