import type { Random } from '../random.ts';

/** How an agency of the suite takes part. */
export interface Lane {
  /** Its code. */
  code: string;
  board: 'rest' | 'soap';
  /** Its board can be asked what became of a call (`find`), so nothing may ever be doubled there. */
  asked: boolean;
  /** What the hub does where the board cannot be asked. */
  onUnknown?: 'resend' | 'park';
  /** The hub reaches its board only by an agent, a process of its own. */
  behindAgent?: true;
  /** Whose row of the table its complaints belong to. */
  scenario: string;
}

/** The healthy board that the others exchange complaints with. */
export const home = 'home';
/** An agency without a board; its program registers at the REST door. */
export const desk = 'desk';

/** One complaint as it is planned: everything that has to be found outside at the end follows from it. */
export interface Matter {
  /** Stands in every text of it. */
  mark: string;
  scenario: string;
  /** Where it is filed, and who answers. */
  from: string;
  to: string;
  /** Its board is not read: the agency's program answers at the REST door, and the board shows questions alone. */
  answersAtDoor: boolean;
  by: 'email' | 'sms';
  /** A file comes with it; only from the door. */
  hasFile: boolean;
  /** How many there are of each, before the answer. */
  followUps: number;
  interims: number;
  /** Milliseconds after the start of the load, and between two follow-ups. */
  startsAt: number;
  gap: number;
}

interface Planning {
  /** Milliseconds over which they are filed. */
  spread: number;
  /** Number of the first one. */
  first: number;
  random: Random;
  /** All come from the door, each with a file. */
  files?: boolean;
}

/** Plans complaints over the lanes in turn: from a board to home and back, and from the door. */
export function planMatters(
  lanes: readonly Lane[],
  each: number,
  { spread, first, random, files = false }: Planning,
): Matter[] {
  const count = lanes.length * each;
  return Array.from({ length: count }, (_, index) => {
    const lane = lanes[index % lanes.length] as Lane;
    const inward = random.chance(0.5);
    // A board that is not read takes no complaints in, and its officers answer through the door.
    const [from, to] =
      !lane.asked || files
        ? [desk, lane.code]
        : inward
          ? [random.pick([home, home, desk]), lane.code]
          : [lane.code, home];
    return {
      mark: `F-${String(first + index).padStart(4, '0')}`,
      scenario: lane.scenario,
      from,
      to,
      answersAtDoor: !lane.asked,
      hasFile: files,
      by: random.pick(['email', 'email', 'sms']),
      followUps: random.between(0, 3),
      interims: random.between(0, 2),
      startsAt: Math.round((spread * index) / count),
      gap: random.between(50, 700),
    };
  });
}

export const titleOf = ({ mark, to }: Matter): string => `정책자금 상담 요청 [${mark}] ${to}`;
export const bodyOf = ({ mark }: Matter): string =>
  `${mark} 공장 증설 자금의 한도와 준비할 서류를 알고 싶습니다.`;
export const nameOf = ({ mark }: Matter): string => `홍길동${mark.slice(-2)}`;
export const emailOf = ({ mark }: Matter): string => `${mark.toLowerCase()}@customer.example`;
/** Digits only; the last four are those of the mark. */
export const phoneOf = ({ mark }: Matter): string => `0100000${mark.slice(-4)}`;

export const followUpText = ({ mark }: Matter, number: number): string =>
  `${mark} 추가 질의 ${number}: 기한을 알려 주십시오.`;
export const interimText = ({ mark }: Matter, number: number): string =>
  `${mark} 중간 회신 ${number}: 검토하고 있습니다.`;
export const answerText = ({ mark }: Matter): string =>
  `${mark} 답변: 한도는 오억 원이며 신청서만 내시면 됩니다.`;

const fileSize = 60_000;
/** A PDF as far as anybody looks: the header, then bytes that no other complaint has. */
export function fileOf({ mark }: Matter): { name: string; bytes: Buffer } {
  const bytes = Buffer.alloc(fileSize, `${mark} `);
  bytes.write('%PDF-1.7\n');
  return { name: `${mark}.pdf`, bytes };
}

/** The mark in a text that belongs to a complaint of the suite. */
export const markIn = (text: string): string | undefined => /F-\d{4}/.exec(text)?.[0];
