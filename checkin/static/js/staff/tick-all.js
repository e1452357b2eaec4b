// Ticks all boxes of a form or none; without script one ticks them one by one.
for (const row of document.querySelectorAll("[data-ticks]")) {
  const form = row.closest("form");
  row.hidden = false;
  row.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-tick]")?.dataset.tick;
    if (!asked) return;
    for (const box of form.querySelectorAll(`input[type=checkbox][name^="${row.dataset.ticks}"]`)) {
      box.checked = asked === "all";
    }
  });
}
