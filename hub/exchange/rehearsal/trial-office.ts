import type { Agency, Complaint, Routing } from '../../../schemas/index.ts';
import { contactCentre } from '../../complaints/speakers.ts';
import type { Directory } from '../../configuration/directory.ts';
import { trialDesk } from '../../configuration/stages/stage-of.ts';
import type { NoticePlan } from '../../notify/plan.ts';
import type { Store } from '../../store/database.ts';
import { type AcceptDependencies, createAccept } from '../intake/accept.ts';
import { findOwnPost, listUnnamedPosts } from '../intake/find-own-post.ts';
import type { Accept, Incoming } from '../intake/incoming.ts';
import { findMark, type TestRegister } from './test-register.ts';

/** Takes in what belongs to test complaints, on their own tables. */
export interface TrialOffice {
  /** Takes it in as the test's. */
  accept: Accept;
  /** Whether it belongs to a test whose reply was lost, so that its post has no known number yet. */
  isOwnPost(incoming: Incoming): Promise<boolean>;
}

export type TrialOfficeDependencies = Omit<AcceptDependencies, 'tellOnly'> & { register: TestRegister };

/** Answers test complaints that were filed on a board. It has no board itself. */
const desk: Agency = {
  code: trialDesk,
  name: { ko: '시험 처리 창구', en: 'Trial desk' },
  officers: [{ name: '시험' }],
};

/**
 * `dependencies.store`: the shadow `trial`. Each agency has an accept of its own, for which no other agency exists: a
 * test complaint is routed to this agency, or to the trial desk where the agency itself filed it.
 */
export function createTrialOffice(dependencies: TrialOfficeDependencies): TrialOffice {
  const { store, directory } = dependencies;
  const accepts = new Map<string, Accept>();
  const makers = createMakers(store);

  function acceptOf(agency: string): Accept {
    const known = accepts.get(agency);
    if (known) return known;
    const made = createAccept({
      ...dependencies,
      directory: toTrialDirectory(directory, agency),
      tellOnly: (plans, complaint) => tellMaker(plans, makers.find(complaint)),
    });
    accepts.set(agency, made);
    return made;
  }

  return {
    async accept(incoming) {
      const agency = await agencyOf(store, incoming);
      await makers.load(agency);
      return acceptOf(agency)(incoming);
    },
    async isOwnPost({ agency, normalised }) {
      const content = normalised.ok ? normalised.post.content : undefined;
      if (!content) return false;
      return findOwnPost(await listUnnamedPosts(store.pool, agency), content) !== undefined;
    },
  };
}

/** What the hub itself says of a test is said to the agency that is tried. */
async function agencyOf({ pool }: Store, { agency, complaintId, normalised }: Incoming): Promise<string> {
  if (agency !== contactCentre && agency !== trialDesk) return agency;
  const mark = normalised.ok && normalised.post.content ? findMark(normalised.post.content) : undefined;
  const { rows } = await pool.query<{ agency: string }>(
    'select agency from public.test_complaints where mark = $1 or complaint_id = $2',
    [mark ?? null, complaintId ?? null],
  );
  if (!rows[0]) throw new RangeError('no test complaint has this mark');
  return rows[0].agency;
}

function toTrialDirectory(directory: Directory, agency: string): Directory {
  const routing: Routing = { rules: [{ when: { origin: [contactCentre] }, to: agency }], default: trialDesk };
  function findAgency(code: string): Agency | undefined {
    if (code === trialDesk) return desk;
    const known = code === agency ? directory.findAgency(code) : undefined;
    if (!known) return undefined;
    // Its other programs are told of nothing.
    const { webhooks: _programs, ...rest } = known;
    return rest;
  }
  return {
    findAgency,
    listAgencies: () => [findAgency(agency), desk].filter((one) => one !== undefined),
    routing: () => routing,
  };
}

interface Maker {
  address: string;
  language: NoticePlan['language'];
}

/** Who made which test. Read before each use, for another process may have made one. */
function createMakers({ pool }: Store) {
  const byMark = new Map<string, Maker>();
  return {
    async load(agency: string): Promise<void> {
      const { rows } = await pool.query<Maker & { mark: string }>(
        'select mark, address, language from public.test_complaints where agency = $1 and removed_at is null',
        [agency],
      );
      for (const { mark, ...maker } of rows) byMark.set(mark, maker);
    },
    find: ({ content }: Complaint): Maker | undefined => byMark.get(findMark(content) ?? ''),
  };
}

/** Notices of a test go to the administrator who made it, once for each kind of reader. Nobody else is told. */
function tellMaker(plans: NoticePlan[], maker: Maker | undefined): NoticePlan[] {
  if (!maker) return [];
  const once = new Map(plans.map((plan) => [`${plan.seq} ${plan.template} ${plan.audience}`, plan]));
  return [...once.values()].map((plan) => ({
    ...plan,
    channel: 'email' as const,
    address: maker.address,
    language: maker.language,
    fallbacks: [],
    state: 'due' as const,
    last_error: null,
  }));
}
