// The picture for the class: Escape goes back, one button takes the words away.
const words = document.querySelector("[data-words]");
const button = document.querySelector("[data-hide-words]");
const way = document.querySelector("[data-leave]");

button.hidden = false;
button.addEventListener("click", () => {
  const isHidden = words.classList.toggle("is-away");
  button.setAttribute("aria-pressed", String(isHidden));
});

addEventListener("keydown", ({ key }) => key === "Escape" && location.assign(way.href));
