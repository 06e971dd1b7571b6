// The readable side of the page: what changes in it when the reader chooses.

import { chosenFlows, flowCount, flowsOf } from "./demand.js";
import { shownOf } from "./hexagons.js";
import { number, percent } from "./language.js";
import { figuresOf } from "./place.js";

const ROWS = 20;
const SAID = {
  en: {
    none: "No flow is drawn.",
    some: (n, of, share, least) => `${n} of ${of} flows, ${least} trips a day or more each: ${share} of trips between places`,
    place: (n, share, place) => `The ${n} largest of ${place}: ${share} of all trips between places`,
    groups: "Near places are taken together; zoom in to part them. ",
    proposal: (place) => `Only proposal ${place}: its line, and minutes saved a trip by where it starts.`,
    step: (name) => `Lines of the budget ${name}; hexagons stay those of the plan.`,
    unknown: "The plan does not look at this time of day.",
  },
  fr: {
    none: "Aucun flux n’est dessiné.",
    some: (n, of, share, least) => `${n} flux sur ${of}, ${least} déplacements par jour ou plus chacun : ${share} des déplacements entre lieux`,
    place: (n, share, place) => `Les ${n} plus grands de ${place} : ${share} de tous les déplacements entre lieux`,
    groups: "Les lieux proches sont réunis ; agrandir pour les séparer. ",
    proposal: (place) => `Seulement la proposition ${place} : sa ligne, et les minutes gagnées par déplacement selon l’origine.`,
    step: (name) => `Lignes du budget ${name} ; les hexagones restent ceux du plan.`,
    unknown: "Le plan ne couvre pas ce moment de la journée.",
  },
};

export function makePanel(content, state) {
  const title = document.getElementById("ramp-title");
  const demandTitle = title && [...title.childNodes];
  const redraw = (now) => {
    sayFlows(content, now);
    listFlows(content, now);
    showRamp(content, now, title, demandTitle);
    sayPlace(content, now);
    sayOnly(content, now);
    showSlot(now.slot);
    markCards(now.proposal);
  };
  state.subscribe(redraw);
  redraw(state.get());
  document.getElementById("show-all")?.addEventListener("click", () => state.set({ proposal: null, step: null }));
}

function sayFlows(content, state) {
  const output = document.getElementById("flow-said");
  const flows = flowsOf(content, state);
  if (!output || !flows) return;
  const chosen = chosenFlows(flows, flowCount(state.flowShare));
  const words = SAID[state.language];
  const said = chosen.length ? flowsSaid(flows, chosen, state.language, words) : words.none;
  output.textContent = (state.level === null ? "" : words.groups) + said;
  document.getElementById("flow-share").setAttribute("aria-valuetext", said);
}

function flowsSaid(flows, chosen, language, words) {
  const trips = chosen.reduce((sum, i) => sum + flows.trips[i], 0);
  const share = percent(trips / Math.max(flows.total, 1e-9), language);
  const count = number(chosen.length, language);
  if (flows.chosen !== null) return words.place(count, share, flows.ends.place[flows.chosen]);
  const least = number(flows.trips[chosen.at(-1)], language);
  return words.some(count, number(flows.pairs, language), share, least);
}

function listFlows(content, state) {
  const body = document.querySelector("#flow-table tbody");
  const flows = flowsOf(content, { ...state, level: null });
  if (!body || !flows) return;
  body.replaceChildren(...chosenFlows(flows, ROWS).map((i) => flowRow(flows, i, state.language)));
}

function flowRow(flows, i, language) {
  const row = document.createElement("tr");
  const [from, to] = [flows.from[i], flows.to[i]].map((cell) => flows.ends.place[cell]);
  const cells = [from, to, number(flows.trips[i], language), interval(flows, i, language)].map((text, column) => {
    const cell = document.createElement(column === 0 ? "th" : "td");
    cell.textContent = text;
    if (column > 1) cell.className = "num";
    return cell;
  });
  cells[0].scope = "row";
  row.append(...cells);
  return row;
}

/** The 90 % interval of a flow; a sum over slots has none. */
export function interval(flows, i, language) {
  const [low, high] = [flows.low?.[i], flows.high?.[i]];
  return low === undefined || low === null ? "–" : `${number(low, language)}–${number(high, language)}`;
}

function showRamp(content, state, title, demandTitle) {
  const list = document.getElementById("ramp");
  if (!list || document.documentElement.classList.contains("is-static")) return;
  const { breaks, ramp, unit, values } = shownOf(content, state);
  const bounds = [...breaks.map((bound) => number(bound, state.language, decimals(bound))), ""];
  list.replaceChildren(...bounds.map((text, level) => rampStep(ramp[level], text)));
  if (!unit) title.replaceChildren(...demandTitle);
  else title.textContent = values.some((value) => value !== null) ? unit[state.language] : SAID[state.language].unknown;
}

function decimals(value) {
  if (Number.isInteger(value)) return 0;
  return Math.abs(value) >= 1 ? 1 : 2;
}

function rampStep(colour, text) {
  const [step, swatch, bound] = ["li", "i", "span"].map((tag) => document.createElement(tag));
  swatch.style.background = colour;
  bound.textContent = text;
  step.append(swatch, bound);
  return step;
}

function sayPlace(content, state) {
  const box = document.getElementById("place-said");
  if (!box) return;
  const [name, ...figures] = state.cell === null ? [] : figuresOf(content, state, state.cell);
  box.replaceChildren(...[name, ...figures].filter(Boolean).map((text, line) => paragraph(text, line === 0 ? "strong" : "span")));
}

function paragraph(text, tag) {
  const line = document.createElement(tag);
  line.textContent = text;
  return line;
}

function sayOnly(content, { language, proposal, step }) {
  const box = document.getElementById("only");
  if (!box) return;
  box.hidden = proposal === null && step === null;
  if (proposal !== null) say(SAID[language].proposal(content.proposals[proposal].place));
  else if (step !== null) say(SAID[language].step(shownText(document.querySelector(`.step[data-step="${step}"]`), language)));
}

function say(text) {
  document.getElementById("only-said").textContent = text;
}

function shownText(element, language) {
  return (element.querySelector(`[lang="${language}"]`) ?? element).textContent;
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
