// All that is known of one H3 cell, for the pointer and for the place that is chosen.

import { demandOf } from "./demand.js";
import { number } from "./language.js";

const WORDS = {
  en: { demand: "trips from and to here a day", before: "today", after: "after the plan" },
  fr: { demand: "déplacements de et vers ici par jour", before: "aujourd’hui", after: "après le plan" },
};

/** Name and figures of a cell, one text each. */
export function figuresOf(content, state, cell) {
  const { language } = state;
  const demand = demandOf(content, state)?.byCell[cell];
  const told = [content.cells.place[cell], `${number(demand, language)} ${WORDS[language].demand}`];
  for (const [name, measure] of Object.entries(content.measures)) {
    if (name === "change") continue;
    const [before, after] = ["before", "after"].map((when) => measure.values[`${when}|${state.slot}`]?.[cell]);
    if (isKnown(before) || isKnown(after)) {
      told.push(`${number(before, language)} → ${number(after, language)} ${measure.unit[language]}`);
    }
  }
  const change = state.proposal === null ? content.measures.change?.values["after|all"][cell] : effect(content, state, cell);
  if (isKnown(change)) told.push(`${number(change, language, 1, true)} ${content.measures.change.unit[language]}`);
  return [...told, `H3 ${content.cells.h3[cell]}`];
}

function effect(content, state, cell) {
  return content.measures.change ? content.proposals[state.proposal].change[cell] : null;
}

function isKnown(value) {
  return value !== null && value !== undefined;
}
