// Passkeys: asks the browser for one, or to make one, and tells the server what came of it.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

async function send(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error, { cause: "told" });
  return told;
}

async function use({ dataset }) {
  const options = await send(dataset.challenge, {});
  const found = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: [] },
  });
  const { response } = found;
  return send(dataset.answer, {
    next: dataset.next,
    credential: {
      ...described(found),
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : null,
      },
    },
  });
}

async function make(form) {
  const { dataset } = form;
  const password = form.elements.password?.value ?? "";
  const options = await send(dataset.options, { password });
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })),
    },
  });
  return send(dataset.answer, {
    label: form.elements.label.value,
    credential: {
      ...described(made),
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
      },
    },
  });
}

function described({ id, rawId, type, authenticatorAttachment }) {
  return { id, rawId: text(rawId), type, authenticatorAttachment, clientExtensionResults: {} };
}

async function attempt(place, button, what) {
  const problem = place.querySelector("[role=alert]");
  button.disabled = true;
  problem.hidden = true;
  try {
    location.assign((await what(place)).next);
  } catch (error) {
    const { cancelled, failed, known } = place.dataset;
    const words = { NotAllowedError: cancelled, InvalidStateError: known ?? failed };
    problem.textContent = error.cause === "told" ? error.message : (words[error.name] ?? failed);
    problem.hidden = false;
    button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  for (const place of document.querySelectorAll("[data-passkey-sign-in]")) {
    place.hidden = false;
    const button = place.querySelector("button");
    button.addEventListener("click", () => attempt(place, button, use));
  }
  for (const form of document.querySelectorAll("[data-passkey-new]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      attempt(form, form.querySelector("button"), make);
    });
  }
  for (const shown of document.querySelectorAll("[data-with-passkeys]")) shown.hidden = false;
  for (const none of document.querySelectorAll("[data-without-passkeys]")) none.hidden = true;
}
