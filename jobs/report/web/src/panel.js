// The readable side of the page: what changes in it when the reader chooses.

import { chosenFlows, demandOf } from "./demand.js";
import { number, percent } from "./language.js";

const ROWS = 20;
const SAID = {
  en: {
    none: "No flow is drawn.",
    some: (n, share, least) => `The ${n} largest: ${share} of trips between places, each ${least} a day or more`,
    place: (n, share, place) => `The ${n} largest of ${place}: ${share} of all trips between places`,
  },
  fr: {
    none: "Aucun flux n’est dessiné.",
    some: (n, share, least) => `Les ${n} plus grands : ${share} des déplacements entre lieux, ${least} par jour ou plus chacun`,
    place: (n, share, place) => `Les ${n} plus grands de ${place} : ${share} de tous les déplacements entre lieux`,
  },
};

export function makePanel(content, state) {
  const redraw = (now) => {
    sayFlows(content, now);
    listFlows(content, now);
    showRamp(content, now);
    showSlot(now.slot);
    markCards(now.proposal);
  };
  state.subscribe(redraw);
  redraw(state.get());
}

function sayFlows(content, state) {
  const output = document.getElementById("flow-said");
  const demand = demandOf(content, state);
  if (!output || !demand) return;
  const flows = chosenFlows(demand, state);
  const words = SAID[state.language];
  if (!flows.length) {
    output.textContent = words.none;
    return;
  }
  const trips = flows.reduce((sum, i) => sum + demand.trips[i], 0);
  const share = percent(trips / Math.max(demand.total, 1e-9), state.language);
  const count = number(flows.length, state.language);
  const least = number(demand.trips[flows.at(-1)], state.language);
  output.textContent =
    state.cell === null ? words.some(count, share, least) : words.place(count, share, content.cells.place[state.cell]);
}

function listFlows(content, state) {
  const body = document.querySelector("#flow-table tbody");
  const demand = demandOf(content, state);
  if (!body || !demand) return;
  const flows = chosenFlows(demand, { ...state, flowCount: ROWS });
  body.replaceChildren(...flows.map((i) => flowRow(content, state, demand, i)));
}

function flowRow(content, state, demand, i) {
  const row = document.createElement("tr");
  const texts = [content.cells.place[demand.from[i]], content.cells.place[demand.to[i]], number(demand.trips[i], state.language)];
  const cells = texts.map((text, column) => {
    const cell = document.createElement(column === 0 ? "th" : "td");
    cell.textContent = text;
    return cell;
  });
  cells[0].scope = "row";
  cells[2].className = "num";
  row.append(...cells);
  return row;
}

function showRamp(content, state) {
  const ramp = document.getElementById("ramp");
  const demand = demandOf(content, state);
  const isStill = document.documentElement.classList.contains("is-static");
  if (!ramp || !demand || isStill) return;
  const { breaks } = demand;
  const bounds = [...breaks.map((bound) => number(bound, state.language)), ""];
  ramp.replaceChildren(...bounds.map((text, level) => rampStep(content.colours.ramp[level], text)));
}

function rampStep(colour, text) {
  const [step, swatch, bound] = ["li", "i", "span"].map((tag) => document.createElement(tag));
  swatch.style.background = colour;
  bound.textContent = text;
  step.append(swatch, bound);
  return step;
}

function showSlot(slot) {
  for (const element of document.querySelectorAll("[data-slot]")) {
    element.hidden = element.dataset.slot !== slot;
  }
}

function markCards(chosen) {
  for (const card of document.querySelectorAll(".card")) {
    const isChosen = Number(card.dataset.proposal) === chosen;
    card.classList.toggle("chosen", isChosen);
    card.querySelector(".show").setAttribute("aria-pressed", String(isChosen));
  }
}
