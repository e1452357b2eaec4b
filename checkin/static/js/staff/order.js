// Lets the items of a list change places: the order on the page is the order that is sent.
for (const list of document.querySelectorAll("[data-order]")) {
  for (const buttons of list.querySelectorAll(".order")) buttons.hidden = false;
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    if (Number(button.dataset.move) < 0) item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    button.focus(); // moving an item takes the focus off it
  });
}
