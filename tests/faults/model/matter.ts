import type { Random } from '../random.ts';

/** How an agency of the suite takes part. */
export interface Lane {
  /** The agency's code. */
  code: string;
  board: 'rest' | 'soap';
  /** True: its board can be asked what became of a call (`find`). So no effect may be duplicated there. */
  asked: boolean;
  /** What the hub does if it cannot ask the board. */
  onUnknown?: 'resend' | 'park';
  /** True: the hub reaches its board only through an agent in its own process. */
  behindAgent?: true;
  /** True: its board has the hub's own settling time, as a board that may commit late needs. */
  commitsLate?: true;
  /** The scenario in whose table row its complaints are counted. */
  scenario: string;
}

/** The healthy board with which the others exchange complaints. */
export const home = 'home';
/** An agency without a board. Its program registers at the REST door. */
export const desk = 'desk';

/** The plan of one complaint. Everything that must be found outside at the end follows from it. */
export interface Matter {
  /** A text that occurs in all texts of the complaint. */
  mark: string;
  scenario: string;
  /** The agency where it is filed. The next field is the agency that answers. */
  from: string;
  to: string;
  /**
   * True: the hub does not read its board. The agency's program answers at the REST door, and the board shows only
   * questions.
   */
  answersAtDoor: boolean;
  by: 'email' | 'sms';
  /** True: it comes with a file. Only the door accepts files. */
  hasFile: boolean;
  /** The number of follow-ups before the answer. The next field counts the interim answers. */
  followUps: number;
  interims: number;
  /** Milliseconds after the start of the load. The next field is the time between two follow-ups. */
  startsAt: number;
  gap: number;
}

interface Planning {
  /** The milliseconds over which they are filed. */
  spread: number;
  /** The number of the first complaint. */
  first: number;
  random: Random;
  /** True: all come from the door, each with a file. */
  files?: boolean;
}

/** Plans complaints that go round the lanes: from a board to home and back, and from the door. */
export function planMatters(
  lanes: readonly Lane[],
  each: number,
  { spread, first, random, files = false }: Planning,
): Matter[] {
  const count = lanes.length * each;
  return Array.from({ length: count }, (_, index) => {
    const lane = lanes[index % lanes.length] as Lane;
    const inward = random.chance(0.5);
    // If the hub does not read a board, nothing is filed there, and its officers answer through the door.
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
/** Digits only. The last four are those of the mark. */
export const phoneOf = ({ mark }: Matter): string => `0100000${mark.slice(-4)}`;

export const followUpText = ({ mark }: Matter, number: number): string =>
  `${mark} 추가 질의 ${number}: 기한을 알려 주십시오.`;
export const interimText = ({ mark }: Matter, number: number): string =>
  `${mark} 중간 회신 ${number}: 검토하고 있습니다.`;
export const answerText = ({ mark }: Matter): string =>
  `${mark} 답변: 한도는 오억 원이며 신청서만 내시면 됩니다.`;

const fileSize = 60_000;
/** A file with a PDF header. The bytes after it occur in no other complaint. */
export function fileOf({ mark }: Matter): { name: string; bytes: Buffer } {
  const bytes = Buffer.alloc(fileSize, `${mark} `);
  bytes.write('%PDF-1.7\n');
  return { name: `${mark}.pdf`, bytes };
}

/** Finds the mark in a text of one of the suite's complaints. */
export const markIn = (text: string): string | undefined => /F-\d{4}/.exec(text)?.[0];
