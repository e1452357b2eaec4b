// What the server told this page when it made it.
export const told = JSON.parse(document.querySelector("[data-told]").textContent);
