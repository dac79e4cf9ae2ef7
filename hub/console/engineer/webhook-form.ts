import { eventTypes } from '../../../schemas/index.ts';
import type { WebhookSettings } from '../../engineer/own-webhook-settings.ts';
import { type FormProblems, noProblems, toShownFields } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';

/** `form`: what is of no field. */
const fields = ['name', 'url', 'events', 'form'];

/** What a form with these fields was typed as, or what is in force. */
const toValues = (settings: WebhookSettings | undefined, typed: Typed): Typed => ({
  name: settings?.name ?? '',
  url: settings?.url ?? '',
  ...Object.fromEntries((settings?.events ?? []).map((type) => [`event_${type}`, 'yes'])),
  ...typed,
});

/** A form as it is shown again, or for the first time. */
export interface FormShown {
  typed?: Typed;
  problems?: FormProblems;
}

export const toForm = ({ typed = {}, problems = noProblems }: FormShown, settings?: WebhookSettings) => ({
  status: problems === noProblems ? 200 : 422,
  data: {
    types: eventTypes,
    values: toValues(settings, typed),
    problems: toShownFields(fields, problems.fields),
  },
});
