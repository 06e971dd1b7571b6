// The layers of the map, from the ground up, for one state.
//
// One kind of layer for all, filled polygons, because each kind is a shader to compile: in software the first
// drawing took 6 s with icon, text, circle and dash shaders, 3 s with polygons and paths. So lines and flows are
// outlined here, and the numbers of proposals stand on the page above the map.

import { SolidPolygonLayer } from "@deck.gl/layers";
import { flowLayers } from "./flows.js";
import { hexagonLayers } from "./hexagons.js";
import { lineLayers } from "./lines.js";
import { ribbon } from "./ribbons.js";

const LAND = [255, 254, 251];
const OUTLINE = [120, 122, 124, 150];
const INK = [30, 35, 40];
const HALO = [240, 228, 66, 235];
const WIDTH_PX = { outline: 1, halo: 14, proposal: 4 };

/** A function of state and zoom that gives the layers; a part is made anew only if what it shows changed. */
export function makeLayers(content) {
  const ground = content.zones.flatMap((zone) => zone.polygons);
  const rings = ground.flat();
  const land = remembered(() => [filled("land", ground, LAND)]);
  const outlines = remembered((zoom) => [drawn("outlines", rings, OUTLINE, WIDTH_PX.outline, zoom)]);
  const hexagons = remembered((state, zoom) => hexagonLayers(content, state, zoom));
  const lines = remembered((state, zoom) => lineLayers(content, state, zoom));
  const flows = remembered((state, zoom) => flowLayers(content, state, zoom));
  return (state, zoom) => {
    const { day, slot, network, cell, proposal, step, level, flowShare } = state;
    return [
      ...land([]),
      ...hexagons([day, slot, network, state.hexagons, cell, proposal, cell === null || zoom], state, zoom),
      ...outlines([zoom], zoom),
      ...lines([network, proposal, step, zoom], state, zoom),
      ...flows([day, slot, cell, level, flowShare, proposal !== null, zoom], state, zoom),
      ...proposalLayers(content, state, zoom),
    ];
  };
}

function remembered(make) {
  let [last, made] = [null, null];
  return (key, ...given) => {
    const text = key.join("|");
    if (text !== last) [last, made] = [text, make(...given)];
    return made;
  };
}

function filled(id, data, colour) {
  return new SolidPolygonLayer({ id, data, positionFormat: "XY", getPolygon: (d) => d, getFillColor: colour });
}

function drawn(id, paths, colour, widthPx, zoom) {
  return filled(id, paths.flatMap((path) => ribbon(path, widthPx, zoom)), colour);
}

function proposalLayers(content, state, zoom) {
  const paths = state.proposal === null ? [] : content.proposals[state.proposal].paths;
  return [
    drawn("proposal-halo", paths, HALO, WIDTH_PX.halo, zoom),
    drawn("proposal-line", paths, INK, WIDTH_PX.proposal, zoom),
  ];
}
