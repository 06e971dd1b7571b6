// The lines of the network: today's, the plan's, or those of another budget.

import { SolidPolygonLayer } from "@deck.gl/layers";
import { rgb } from "./colours.js";
import { dashes, ribbon } from "./ribbons.js";

const WHITE = [255, 255, 255];
const DASH_PX = { on: 9, off: 6 };
const WIDTH_PX = { kept: 1.6, changed: 3.6, removed: 3.2, new: 4 };
const SHOWN = { before: (s) => s !== "new", after: (s) => s !== "removed", changes: () => true };
const FADED = 0.18;
const KEPT = { status: "kept", headways: {}, paths: null };

/** Lines with their status under the chosen budget: the plan's, unless a step of the curve is looked at. */
export function linesOf(content, state) {
  if (state.step === null) return content.lines;
  const { lines } = content.budget[state.step];
  const today = content.lines.filter((line) => line.status !== "new").map((line) => restated(line, lines[line.id] ?? KEPT));
  const added = Object.entries(lines).filter(([, line]) => line.status === "new").map(([id, line]) => brought(id, line));
  return [...today, ...added];
}

function restated(line, { status, headways, paths }) {
  const headwayAfter = status === "removed" ? {} : { ...line.headwayBefore, ...headways };
  return { ...line, pathsAfter: paths, status, headwayAfter, boardingsAfter: null };
}

function brought(id, { name, headways, paths }) {
  return {
    id, name: { en: name, fr: name }, status: "new", paths: paths ?? [], pathsAfter: null, headwayBefore: {}, headwayAfter: headways,
    boardingsBefore: null, boardingsAfter: null,
  };
}

export function lineLayers(content, state, zoom) {
  const shown = linesOf(content, state)
    .flatMap((line) => waysOf(line, state.network))
    .filter((line) => SHOWN[state.network](line.status))
    .sort((a, b) => WIDTH_PX[a.status] - WIDTH_PX[b.status]);
  const widthOf = ({ status }) => (state.network === "before" && status !== "kept" ? 2.6 : WIDTH_PX[status]);
  const quads = (line, paths, widthPx) =>
    paths.flatMap((path) => ribbon(path, widthPx, zoom)).map((polygon) => ({ polygon, line }));
  const casings = shown.flatMap((line) => quads(line, line.paths, widthOf(line) + 2.4));
  const strokes = shown.flatMap((line) => quads(line, strokesOf(line, zoom), widthOf(line)));
  const common = {
    pickable: true, positionFormat: "XY", getPolygon: (d) => d.polygon, opacity: state.proposal === null ? 1 : FADED,
  };
  const colourOf = (d) => colours[d.line.status];
  const colours = Object.fromEntries(Object.keys(WIDTH_PX).map((status) => [status, strokeColour(content, state, status)]));
  return [
    new SolidPolygonLayer({ ...common, id: "line-casings", data: casings, getFillColor: WHITE }),
    new SolidPolygonLayer({ ...common, id: "lines", data: strokes, getFillColor: colourOf }),
  ];
}

// A line that takes another way: today's, the plan's, or the one struck out beside the other.
function waysOf(line, network) {
  if (!line.pathsAfter || network === "before") return [line];
  const after = { ...line, paths: line.pathsAfter };
  return network === "after" ? [after] : [{ ...line, status: "removed" }, after];
}

function strokesOf(line, zoom) {
  return line.status === "removed" ? line.paths.flatMap((path) => dashes(path, DASH_PX, zoom)) : line.paths;
}

// Where only changes matter, what stays steps back.
function strokeColour(content, state, status) {
  return rgb(content.colours.status[status], state.network === "changes" && status === "kept" ? 110 : 255);
}
