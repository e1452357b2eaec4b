// A slider over each table of settings: it moves the choice in the table, which is what is sent.

function addSlider(fieldset) {
  const choices = [...fieldset.querySelectorAll("input[type=radio]")];
  const place = fieldset.querySelector("[data-slider]");
  const slider = document.createElement("input");
  const told = document.createElement("output");
  slider.type = "range";
  slider.min = 0;
  slider.max = choices.length - 1;
  slider.setAttribute("aria-label", fieldset.querySelector("legend").textContent.trim());

  const show = () => {
    const chosen = choices.findIndex((choice) => choice.checked);
    slider.value = Math.max(chosen, 0);
    told.textContent = choices[chosen]?.dataset.word ?? "";
    slider.setAttribute("aria-valuetext", told.textContent);
    for (const choice of choices) {
      choice.closest("tr").classList.toggle("is-chosen", choice.checked);
    }
  };

  slider.addEventListener("input", () => {
    choices[slider.valueAsNumber].checked = true;
    show();
  });
  fieldset.addEventListener("change", show);
  place.append(slider, told);
  place.hidden = false;
  show();
}

document.querySelectorAll("[data-what-if]").forEach(addSlider);
