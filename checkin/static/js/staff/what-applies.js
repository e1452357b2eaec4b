// A field that only goes with some answers: hidden, and not sent, with any other.
for (const part of document.querySelectorAll("[data-applies]")) {
  const [name, ...answers] = part.dataset.applies.split(" ");
  const form = part.closest("form");
  const show = () => {
    const applies = answers.includes(form.elements[name]?.value);
    part.hidden = !applies;
    for (const field of part.querySelectorAll("input")) field.disabled = !applies;
  };
  form.addEventListener("change", show);
  show();
}
