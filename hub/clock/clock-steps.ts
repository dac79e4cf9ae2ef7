import type { ComplaintKind, stopGrounds } from '../../schemas/index.ts';

/**
 * Why the clock stands still. Source: the periods that article 20 of the Enforcement Decree of the Civil Complaints
 * Treatment Act does not count, and the survey of a grievance (article 17).
 * - `supplement`: 보완. The agency waits for the complainant.
 * - `hearing`: 의견청취
 * - `review`: 실험·검사·감정, 전문적인 기술검토
 * - `representatives`: 대표자 선정
 * - `transfer`: 원거리 이송
 * - `precondition`: 선행사무의 완결
 * - `survey`: 실지조사 of a grievance
 */
export type StopGround = (typeof stopGrounds)[number];

/** What moves the clock of a complaint. `at`: RFC 3339. */
export type ClockStep =
  /**
   * The intake, a corrected kind, or that an ended complaint was opened again. `item`: of a statutory complaint. `days`: a period of its
   * own instead, such as that of an objection.
   */
  | {
      type: 'started' | 'classified' | 'restarted';
      at: string;
      kind: ComplaintKind;
      item?: string;
      days?: number;
    }
  | { type: 'stopped' | 'resumed'; at: string; ground: StopGround }
  /** The survey of a grievance goes on longer. */
  | { type: 'survey_extended' | 'ended'; at: string }
  /** A later deadline, in the unit of the period. A day of a period in hours has 8. */
  | { type: 'extended'; at: string; days?: number; hours?: number };
