// Budget steps: which one is looked at, and what it costs at the reader's price.

import { number } from "./language.js";

export function makeBudget(state) {
  for (const button of document.querySelectorAll(".step")) {
    const step = Number(button.dataset.step);
    button.addEventListener("click", () => state.set({ step: state.get().step === step ? null : step, proposal: null }));
  }
  document.getElementById("hour-price")?.addEventListener("input", () => priceSteps(state.get().language));
  state.subscribe(({ step, language }, before) => {
    if (step !== before.step) markSteps(step);
    if (language !== before.language) priceSteps(language);
  });
}

function markSteps(chosen) {
  for (const button of document.querySelectorAll(".step")) {
    const isChosen = Number(button.dataset.step) === chosen;
    button.setAttribute("aria-pressed", String(isChosen));
    button.closest("tr").classList.toggle("chosen", isChosen);
  }
  for (const mark of document.querySelectorAll("[data-step-mark]")) {
    mark.classList.toggle("chosen", Number(mark.dataset.stepMark) === chosen);
  }
  for (const changes of document.querySelectorAll("[data-step-changes]")) {
    changes.open = Number(changes.dataset.stepChanges) === chosen;
  }
}

function priceSteps(language) {
  const field = document.getElementById("hour-price");
  if (!field) return;
  const price = Number.parseFloat(field.value);
  document.getElementById("budget-table").classList.toggle("has-price", Number.isFinite(price));
  for (const cell of document.querySelectorAll(".priced")) {
    const cost = Number.isFinite(price) && cell.dataset.hours ? price * Number(cell.dataset.hours) : null;
    cell.textContent = number(cost, language, 0, true);
  }
}
