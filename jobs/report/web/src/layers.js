// The layers of the map, from the ground up, for one state.
//
// Only two kinds of layer (paths and filled polygons), because each kind is a shader to compile: with icon,
// text, circle and dash shaders the first drawing in software took 6 s instead of 3 s. So arrowheads are
// triangles, dashes are cut here, and the numbers of proposals stand on the page above the map.

import { PathLayer, PolygonLayer, SolidPolygonLayer } from "@deck.gl/layers";
import { curve, dashes } from "./curves.js";
import { chosenFlows, classOf, demandOf } from "./demand.js";

const LAND = [255, 254, 251];
const OUTLINE = [120, 122, 124, 150];
const WHITE = [255, 255, 255];
const INK = [30, 35, 40];
const HALO = [240, 228, 66, 235];
const MIN_FLOW_PX = 1.2;
const MAX_FLOW_PX = 8.5;
const FLOW_ALPHA = { least: 110, most: 225 };
const DASH_PX = { on: 9, off: 6 };
const WIDTH_PX = { kept: 1.6, changed: 3.6, removed: 3.2, new: 4 };
const SHOWN = { before: (s) => s !== "new", after: (s) => s !== "removed", changes: () => true };

export function rgb(hex, alpha = 255) {
  const bits = parseInt(hex.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255, alpha];
}

export function layersOf(content, state, zoom) {
  return [
    ...groundLayers(content),
    hexagonLayer(content, state),
    outlineLayer(content),
    ...lineLayers(content, state, zoom),
    ...flowLayers(content, state, zoom),
    ...proposalLayers(content, state),
  ];
}

function groundLayers(content) {
  const data = content.zones.flatMap((zone) => zone.polygons);
  return [new SolidPolygonLayer({ id: "land", data, getPolygon: (d) => d, getFillColor: LAND })];
}

function outlineLayer(content) {
  const data = content.zones.flatMap((zone) => zone.polygons.flat());
  return new PathLayer({ id: "outlines", data, getPath: (d) => d, getColor: OUTLINE, getWidth: 1, widthUnits: "pixels" });
}

function hexagonLayer(content, state) {
  const demand = demandOf(content, state);
  const values = demand?.byCell ?? [];
  const data = values.flatMap((value, cell) => (value > 0 ? [{ cell, value }] : []));
  const colours = content.colours.ramp.map((colour) => rgb(colour, 225));
  return new PolygonLayer({
    id: "hexagons",
    data,
    pickable: true,
    getPolygon: (d) => content.cells.ring[d.cell],
    getFillColor: (d) => colours[classOf(d.value, demand.breaks)],
    getLineColor: (d) => (d.cell === state.cell ? INK : WHITE),
    getLineWidth: (d) => (d.cell === state.cell ? 3 : 0.7),
    lineWidthUnits: "pixels",
    autoHighlight: true,
    highlightColor: [0, 0, 0, 30],
    updateTriggers: {
      getFillColor: [state.day, state.slot],
      getLineColor: [state.cell],
      getLineWidth: [state.cell],
    },
  });
}

function lineLayers(content, state, zoom) {
  const shown = content.lines
    .filter((line) => SHOWN[state.network](line.status))
    .sort((a, b) => WIDTH_PX[a.status] - WIDTH_PX[b.status]);
  const whole = shown.flatMap((line) => line.paths.map((path) => ({ path, line })));
  const strokes = whole.flatMap((d) =>
    d.line.status === "removed" ? dashes(d.path, DASH_PX, zoom).map((path) => ({ ...d, path })) : [d],
  );
  const isFaded = state.proposal !== null;
  const opacity = isFaded ? 0.35 : 1;
  const common = { getPath: (d) => d.path, widthUnits: "pixels", jointRounded: true, opacity };
  const widthOf = (d) => (state.network === "before" && d.line.status !== "kept" ? 2.6 : WIDTH_PX[d.line.status]);
  return [
    new PathLayer({
      ...common,
      id: "line-casings",
      data: whole,
      pickable: true,
      getColor: WHITE,
      getWidth: (d) => widthOf(d) + 2.4,
      updateTriggers: { getWidth: state.network },
    }),
    new PathLayer({
      ...common,
      id: "lines",
      data: strokes,
      pickable: true,
      getColor: (d) => lineColour(content, state, d.line.status),
      getWidth: widthOf,
      updateTriggers: { getColor: state.network, getWidth: state.network },
    }),
  ];
}

// Where only changes matter, what stays steps back.
function lineColour(content, state, status) {
  return rgb(content.colours.status[status], state.network === "changes" && status === "kept" ? 110 : 255);
}

function flowLayers(content, state, zoom) {
  const demand = demandOf(content, state);
  const largest = demand?.trips[0] ?? 1;
  const data = chosenFlows(demand, state)
    .reverse()
    .map((i) => {
      const part = demand.trips[i] / largest;
      const widthPx = MIN_FLOW_PX + (MAX_FLOW_PX - MIN_FLOW_PX) * part;
      const color = rgb(content.colours.flow, FLOW_ALPHA.least + (FLOW_ALPHA.most - FLOW_ALPHA.least) * part);
      const [from, to] = [content.cells.centre[demand.from[i]], content.cells.centre[demand.to[i]]];
      return { flow: i, widthPx, color, ...curve(from, to, widthPx, zoom) };
    });
  const opacity = state.proposal !== null ? 0.15 : 1;
  return [
    new PathLayer({
      id: "flows", data, opacity, pickable: true, widthUnits: "pixels",
      getPath: (d) => d.path, getWidth: (d) => d.widthPx, getColor: (d) => d.color,
    }),
    new SolidPolygonLayer({
      id: "flow-heads", data, opacity, getPolygon: (d) => d.head, getFillColor: (d) => d.color,
    }),
  ];
}

function proposalLayers(content, state) {
  const chosen = state.proposal === null ? null : content.proposals[state.proposal];
  return [
    new PathLayer({
      id: "proposal-halo", data: chosen?.paths ?? [], getPath: (d) => d, getColor: HALO, getWidth: 14,
      widthUnits: "pixels", capRounded: true, jointRounded: true,
    }),
    new PathLayer({
      id: "proposal-line", data: chosen?.paths ?? [], getPath: (d) => d, getColor: INK, getWidth: 4,
      widthUnits: "pixels", capRounded: true, jointRounded: true,
    }),
  ];
}
