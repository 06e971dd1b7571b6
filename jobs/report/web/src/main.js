// Entry: reads the content that the page carries, wires the controls, starts the map where WebGL allows.

import { makeBudget } from "./budget.js";
import { applyLanguage, preferredLanguage } from "./language.js";
import { hasWebGl, makeMap } from "./map.js";
import { makePanel } from "./panel.js";
import { makeSortable } from "./sort.js";
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
    hexagons: checkedValue("hexagons", "demand"),
    flowShare: Number(document.getElementById("flow-share")?.value ?? 0),
    level: null,
    cell: null,
    proposal: null,
    step: null,
  };
}

function wireControls(state) {
  for (const name of ["day", "slot", "network", "hexagons"]) {
    for (const input of document.querySelectorAll(`input[name="${name}"]`)) {
      input.addEventListener("change", () => state.set({ [name]: input.value }));
    }
  }
  const slider = document.getElementById("flow-share");
  slider?.addEventListener("input", () => state.set({ flowShare: Number(slider.value) }));
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => state.set({ language: button.dataset.language }));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") state.set({ cell: null, proposal: null, step: null });
  });
}

function wireCards(state) {
  for (const card of document.querySelectorAll(".card")) {
    card.addEventListener("click", (event) => {
      if (event.target.closest("details, .table, a")) return;
      const place = Number(card.dataset.proposal);
      state.set({ proposal: state.get().proposal === place ? null : place, step: null });
    });
  }
}

function startMap(content, state) {
  const holder = document.getElementById("map");
  const root = document.documentElement;
  try {
    if (holder && hasWebGl()) makeMap(content, state, holder);
    else root.classList.add("is-static");
  } catch (error) {
    console.warn("The interactive map could not start; the static map takes its place.", error);
    root.classList.remove("has-map");
    root.classList.add("is-static");
  }
  root.classList.remove("waiting");
}

function start(content) {
  const state = makeState(firstState());
  document.documentElement.classList.add("has-script");
  state.subscribe((now, before) => now.language !== before.language && applyLanguage(now.language));
  wireControls(state);
  wireCards(state);
  makeSortable();
  makePanel(content, state);
  makeBudget(state);
  applyLanguage(state.get().language);
  // Text first: compiling the map's shaders may take seconds where there is no graphics card.
  requestAnimationFrame(() => setTimeout(() => startMap(content, state)));
}

start(window.maillageContent);
