// Makes or uses a passkey with the browser, and sends the answer with the form. Without this script there are codes.
const { startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser;
const ways = { new: startRegistration, use: startAuthentication };

for (const part of document.querySelectorAll('[data-passkey]')) {
  const button = part.querySelector('button');
  const answer = part.querySelector('input');
  const trouble = part.querySelector('[data-trouble]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    trouble.hidden = true;
    button.disabled = true;
    try {
      const optionsJSON = JSON.parse(part.dataset.options);
      answer.value = JSON.stringify(await ways[part.dataset.passkey]({ optionsJSON }));
      const { form } = answer;
      // The fields for a code may stay empty now.
      form.noValidate = true;
      form.requestSubmit();
    } catch {
      // The person closed the browser's window, or the browser has no such passkey: the page says what else there is.
      trouble.hidden = false;
      button.disabled = false;
    }
  });
}
