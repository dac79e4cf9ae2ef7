/** What is wrong with a form that was refused, as its page says it: where, and in which words (HTML of the views). */
interface Fault {
  /** The id of the field or the part that a person corrects. Empty: there is none. */
  at: string;
  label: string;
  told: string;
}

/** The place in the layout for the summary: before the page's own heading, where reading begins. */
const place = '<!--faults-->';

/** Views note here what is wrong, in the order of the page. A field that is named twice is listed once. */
export function createFaultNotes() {
  const faults: Fault[] = [];
  return {
    faults,
    note(fault: Fault) {
      const isKnown = faults.some(
        ({ at, told }) => told === fault.told && (at === fault.at || fault.at === ''),
      );
      if (!isKnown && fault.told.trim() !== '') faults.push(fault);
    },
  };
}
export type FaultNotes = ReturnType<typeof createFaultNotes>;

/**
 * The page with the summary of what is wrong. It takes the focus, so that a screen reader says it and Tab leads to the
 * fields. A refusal that concerns no field is told by the page's own alert, and that takes the focus.
 */
export async function showFaults(
  html: string,
  { faults }: FaultNotes,
  renderSummary: (faults: Fault[]) => Promise<string>,
): Promise<string> {
  if (faults.length > 0) {
    const summary = await renderSummary(faults);
    return html.replace(place, () => summary);
  }
  return html.replace('role="alert"', 'tabindex="-1" autofocus role="alert"');
}
