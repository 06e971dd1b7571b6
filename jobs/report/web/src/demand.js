// Demand of the chosen day type and slot, and the flows to draw.

// More curves than this make a map slow and say nothing.
const MOST_DRAWN = 1500;
const LEAST_EDGE_PX = 20;
const EARTH_M = 40_075_017;

export function demandOf(content, state) {
  return content.demand[state.day]?.[state.slot];
}

/** Flows as the zoom calls for: between H3 cells, or between groups of them; with names and centres. */
export function flowsOf(content, state) {
  const demand = demandOf(content, state);
  if (!demand) return null;
  const group = state.level === null ? null : content.groups[state.level];
  if (!group) return { ...demand, ends: content.cells, chosen: state.cell };
  const chosen = state.cell === null ? null : group.of[state.cell];
  return { ...demand.groups[state.level], ends: group, chosen };
}

/** Finest grouping whose H3 cells are still told apart at this zoom: null for the cells themselves. */
export function levelAt(content, zoom, latitude) {
  const metresPerPixel = (EARTH_M * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom);
  const sizes = [content.cells.edgeM, ...content.groups.map((group) => group.edgeM)];
  const finest = sizes.findIndex((edge) => edge / metresPerPixel >= LEAST_EDGE_PX);
  const level = finest < 0 ? sizes.length - 1 : finest;
  return level === 0 ? null : level - 1;
}

/** How many flows a position of the slider lets through: none at 0, then on a logarithmic scale. */
export function flowCount(share) {
  return share <= 0 ? 0 : Math.round(MOST_DRAWN ** (share / 100));
}

/** Indices of the flows to draw, largest first: of the chosen place, or of all. */
export function chosenFlows(flows, most) {
  const found = [];
  if (!flows) return found;
  const { from, to, chosen } = flows;
  for (let i = 0; i < from.length && found.length < most; i++) {
    if (chosen === null || from[i] === chosen || to[i] === chosen) found.push(i);
  }
  return found;
}
