import {
  answerParts,
  answerResults,
  findMissingParts,
  hasParts,
  joinParts,
} from '../../../complaints/answers/answer-parts.ts';
import { type ComplaintForm, toAttachments, toOfficer } from '../complaint-form.ts';

const places = {
  '/answers/0/text': 'text',
  '/answers/0/officer': 'officer',
  '/answers/0/officer/department': 'department',
  '/answers/0/officer/contact': 'contact',
  '/parts/officer': 'officer',
  '/parts/contact': 'contact',
  ...Object.fromEntries(answerParts.map((part) => [`/parts/${part}`, part])),
};
const noParts = Object.fromEntries(answerParts.map((part) => [part, '']));

/** The form of an answer, or of an interim one (중간 회신). An answer to what asks for a decision is typed in its parts. */
export const answerForm = (interim: boolean): ComplaintForm => ({
  action: interim ? 'interim' : 'answer',
  blank: (user, phone) => ({
    ...(interim ? {} : noParts),
    ...{ text: '', department: '', officer: user.name, contact: phone },
  }),
  toPost: (typed, files, { kind }) => {
    const text = !interim && hasParts(kind) ? joinParts(typed) : (typed.text ?? '');
    return {
      answers: [{ text, officer: toOfficer(typed), ...(interim && { interim }), ...toAttachments(files) }],
    };
  },
  ...(!interim && { findMissing: (typed, { kind }) => (hasParts(kind) ? findMissingParts(typed) : []) }),
  takesFiles: true,
  asksFirst: true,
  places,
});

/** The fields of an answer in parts, as the view draws them. */
export const answerFields = answerParts.map((name) => ({
  name,
  label: `answer_part.${name}`,
  hint: name === 'asked' || name === 'remedies' ? `answer_part.${name}_hint` : null,
  kind: name === 'result' ? null : 'textarea',
  rows: name === 'decided' || name === 'why' ? 5 : 3,
  required: name !== 'remedies',
  options: name === 'result' ? [...answerResults] : null,
}));
