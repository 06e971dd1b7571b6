// What the map says under the pointer. Text only: nothing of the data is ever read as markup.

import { flowsOf } from "./demand.js";
import { number } from "./language.js";
import { interval } from "./panel.js";
import { figuresOf } from "./place.js";

const STYLE = {
  background: "#1e2328", color: "#fff", padding: "0.45rem 0.65rem", borderRadius: "3px", maxWidth: "20rem",
  font: "0.8125rem/1.45 system-ui, Liberation Sans, sans-serif", whiteSpace: "pre-line", fontVariantNumeric: "tabular-nums",
};

const WORDS = {
  en: { flow: "trips a day", interval: "90 % interval", headway: "min between vehicles", boardings: "boardings a day",
        kept: "kept", changed: "changed", removed: "removed", new: "new", all: "whole day" },
  fr: { flow: "déplacements par jour", interval: "intervalle à 90 %", headway: "min entre véhicules",
        boardings: "montées par jour", kept: "inchangée", changed: "modifiée", removed: "supprimée", new: "nouvelle",
        all: "journée entière" },
};

export function tooltipOf(content, state, { layer, object }) {
  const id = layer?.id === "line-casings" ? "lines" : layer?.id;
  const said = object && SAY[id]?.(content, state, object, WORDS[state.language]);
  return said ? { text: said, style: STYLE } : null;
}

const SAY = {
  hexagons: (content, state, { cell }) => figuresOf(content, state, cell).join("\n"),
  flows: (content, state, { flow }, words) => {
    const flows = flowsOf(content, state);
    const [from, to] = [flows.from[flow], flows.to[flow]].map((end) => flows.ends.place[end]);
    const known = interval(flows, flow, state.language);
    const told = [`${from} → ${to}`, `${number(flows.trips[flow], state.language)} ${words.flow}`];
    return [...told, ...(known === "–" ? [] : [`${words.interval} ${known}`])].join("\n");
  },
  lines: (content, state, { line }, words) =>
    [
      `${line.name[state.language]} (${words[line.status]})`,
      headways(content, state, line, words),
      change(line.boardingsBefore, line.boardingsAfter, state.language, words.boardings),
    ].filter(Boolean).join("\n"),
};

function headways(content, state, line, words) {
  const slots = state.slot === "all" ? Object.keys(content.slotNames) : [state.slot];
  return slots
    .filter((slot) => slot in line.headwayBefore || slot in line.headwayAfter)
    .map((slot) => {
      const said = change(line.headwayBefore[slot], line.headwayAfter[slot], state.language, words.headway);
      return `${content.slotNames[slot]?.[state.language] ?? slot}: ${said}`;
    })
    .join("\n");
}

function change(before, after, language, unit) {
  const [left, right] = [number(before, language), number(after, language)];
  if (left === "–" && right === "–") return "";
  return left === right ? `${left} ${unit}` : `${left} → ${right} ${unit}`;
}
