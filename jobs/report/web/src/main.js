// Entry: reads the content that the page carries, wires the controls, starts the map where WebGL allows.

import { applyLanguage, preferredLanguage } from "./language.js";
import { hasWebGl, makeMap } from "./map.js";
import { makePanel } from "./panel.js";
import { makeState } from "./state.js";

function checkedValue(name, fallback) {
  return document.querySelector(`input[name="${name}"]:checked`)?.value ?? fallback;
}

function firstState() {
  return {
    language: preferredLanguage(),
    day: checkedValue("day", ""),
    slot: checkedValue("slot", "all"),
    network: checkedValue("network", "after"),
    flowCount: Number(document.getElementById("flow-count")?.value ?? 0),
    cell: null,
    proposal: null,
  };
}

function wireControls(state) {
  for (const name of ["day", "slot", "network"]) {
    for (const input of document.querySelectorAll(`input[name="${name}"]`)) {
      input.addEventListener("change", () => state.set({ [name]: input.value }));
    }
  }
  const slider = document.getElementById("flow-count");
  slider?.addEventListener("input", () => state.set({ flowCount: Number(slider.value) }));
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => state.set({ language: button.dataset.language }));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") state.set({ cell: null, proposal: null });
  });
}

function wireCards(state) {
  for (const card of document.querySelectorAll(".card")) {
    card.addEventListener("click", (event) => {
      if (event.target.closest("details, .table, a")) return;
      const place = Number(card.dataset.proposal);
      state.set({ proposal: state.get().proposal === place ? null : place });
    });
  }
}

function startMap(content, state) {
  const holder = document.getElementById("map");
  if (holder && hasWebGl()) makeMap(content, state, holder);
  else document.documentElement.classList.add("is-static");
  document.documentElement.classList.remove("waiting");
}

function start(content) {
  const state = makeState(firstState());
  document.documentElement.classList.add("has-script");
  applyLanguage(state.get().language);
  state.subscribe((now) => applyLanguage(now.language));
  wireControls(state);
  wireCards(state);
  makePanel(content, state);
  // Text first: compiling the map's shaders may take seconds where there is no graphics card.
  requestAnimationFrame(() => setTimeout(() => startMap(content, state)));
}

start(window.maillageContent);
