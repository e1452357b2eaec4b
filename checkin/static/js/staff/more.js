// What is folded out of the bar folds in again: with Esc, or by going on elsewhere.
for (const more of document.querySelectorAll("details.more")) {
  const summary = more.querySelector("summary");
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    summary.focus();
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => {
    if (!more.contains(event.target)) more.open = false;
  });
}
