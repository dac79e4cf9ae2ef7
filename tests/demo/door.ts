/** The machine of an agency at the REST door. */
export interface Door {
  /** Returns the receipt number. */
  register(key: string, content: object): Promise<string>;
  followUp(key: string, receiptNumber: string, text: string): Promise<void>;
}

export function openDoor(url: string, apiKey: string): Door {
  async function post(path: string, key: string, body: object): Promise<{ receiptNumber: string }> {
    const response = await fetch(new URL(`/api/v1/${path}`, url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the REST door answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { receiptNumber: string };
  }
  return {
    register: async (key, content) =>
      (await post('complaints', key, { externalId: key, content })).receiptNumber,
    followUp: async (key, receiptNumber, text) =>
      void (await post(`complaints/${receiptNumber}/follow-ups`, key, { text })),
  };
}
