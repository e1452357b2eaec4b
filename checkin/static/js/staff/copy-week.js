// Gives the days of a school week the times of the first; what is copied is saved by the form, as if typed.
for (const button of document.querySelectorAll("[data-copy-week]")) {
  const [first, ...others] = [...button.form.querySelectorAll(".weekday")].slice(0, 5);
  button.hidden = false;
  button.addEventListener("click", () => {
    const times = [...first.querySelectorAll("input")].map((field) => field.value);
    for (const day of others) {
      for (const [n, field] of [...day.querySelectorAll("input")].entries()) field.value = times[n];
    }
  });
}
