// What hexagons show: demand, a measure of the plan, or the effect of one proposal.

import { SolidPolygonLayer } from "@deck.gl/layers";
import { demandOf } from "./demand.js";
import { rgb } from "./colours.js";
import { ribbon } from "./ribbons.js";

const INK = [30, 35, 40];
const ALPHA = 225;
const CHOSEN_PX = 3;
// Hexagons leave a gap, which parts them without an outline.
const SHRUNK = 0.975;

/** Values by cell (null: nothing known), class breaks, ramp and unit of what is chosen. */
export function shownOf(content, state) {
  if (state.proposal !== null) return effectOf(content, content.proposals[state.proposal]);
  const measure = content.measures[state.hexagons];
  if (measure) return measureOf(measure, state);
  const demand = demandOf(content, state);
  const values = (demand?.byCell ?? []).map((value) => (value > 0 ? value : null));
  return { values, breaks: demand?.breaks ?? [], ramp: content.colours.ramp, unit: null };
}

function measureOf(measure, { network, slot }) {
  const when = network === "before" ? "before" : "after";
  const whole = measure.values[`${when}|all`];
  // What a plan changes is known for the whole day alone.
  const isDaily = !Object.keys(measure.values).some((key) => key !== "before|all" && key !== "after|all");
  const values = isDaily ? whole : (measure.values[`${when}|${slot}`] ?? []);
  const breaks = slot === "all" || isDaily ? measure.breaks.all : measure.breaks.slot;
  return { values, breaks, ramp: measure.ramp, unit: measure.unit };
}

function effectOf(content, proposal) {
  const values = content.cells.h3.map((_, cell) => proposal.change[cell] ?? null);
  const unit = content.measures.change?.unit ?? null;
  return { values, breaks: proposal.breaks, ramp: content.colours.change, unit };
}

/** Class of a value: 0 for the first colour. */
export function classOf(value, breaks) {
  const level = breaks.findIndex((bound) => value <= bound);
  return level < 0 ? breaks.length : level;
}

export function hexagonLayers(content, state, zoom) {
  const shown = shownOf(content, state);
  const data = shown.values.flatMap((value, cell) => (value === null ? [] : [{ cell, value }]));
  const colours = shown.ramp.map((colour) => rgb(colour, ALPHA));
  const chosen = state.cell === null ? [] : ribbon(content.cells.ring[state.cell], CHOSEN_PX, zoom);
  const common = { positionFormat: "XY" };
  return [
    new SolidPolygonLayer({
      ...common, id: "hexagons", data, pickable: true, autoHighlight: true, highlightColor: [0, 0, 0, 30],
      getPolygon: (d) => shrunk(content.cells.ring[d.cell], content.cells.centre[d.cell]),
      getFillColor: (d) => colours[classOf(d.value, shown.breaks)],
    }),
    new SolidPolygonLayer({ ...common, id: "chosen", data: chosen, getPolygon: (d) => d, getFillColor: INK }),
  ];
}

function shrunk(ring, [lon, lat]) {
  return ring.map(([x, y]) => [lon + SHRUNK * (x - lon), lat + SHRUNK * (y - lat)]);
}
