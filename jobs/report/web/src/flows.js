// Flows as curves with an arrowhead, as wide as they carry.

import { SolidPolygonLayer } from "@deck.gl/layers";
import { rgb } from "./colours.js";
import { arrow } from "./curves.js";
import { chosenFlows, flowCount, flowsOf } from "./demand.js";

const MIN_PX = 1.2;
const MAX_PX = 8.5;
const ALPHA = { least: 110, most: 225 };

export function flowLayers(content, state, zoom) {
  const data = state.proposal === null ? arrowsOf(content, state, zoom) : [];
  return [
    new SolidPolygonLayer({
      id: "flows", data, pickable: true, positionFormat: "XY", getPolygon: (d) => d.outline, getFillColor: (d) => d.color,
    }),
  ];
}

function arrowsOf(content, state, zoom) {
  const flows = flowsOf(content, state);
  const largest = flows?.trips[0] ?? 1;
  return chosenFlows(flows, flowCount(state.flowShare))
    .reverse()
    .map((i) => {
      const part = flows.trips[i] / largest;
      const widthPx = MIN_PX + (MAX_PX - MIN_PX) * part;
      const color = rgb(content.colours.flow, ALPHA.least + (ALPHA.most - ALPHA.least) * part);
      const [from, to] = [flows.ends.centre[flows.from[i]], flows.ends.centre[flows.to[i]]];
      return { flow: i, color, outline: arrow(from, to, widthPx, zoom) };
    });
}
