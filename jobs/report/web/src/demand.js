// Demand of the chosen day type and slot, and the flows to draw.

export function demandOf(content, state) {
  return content.demand[state.day]?.[state.slot];
}

/** Indices of the flows to draw, largest first: of the chosen H3 cell, or of all. */
export function chosenFlows(demand, state) {
  if (!demand) return [];
  const found = [];
  for (let i = 0; i < demand.trips.length && found.length < state.flowCount; i++) {
    if (state.cell === null || demand.from[i] === state.cell || demand.to[i] === state.cell) found.push(i);
  }
  return found;
}

/** Class of a value: 0 for the lightest colour. */
export function classOf(value, breaks) {
  const level = breaks.findIndex((bound) => value <= bound);
  return level < 0 ? breaks.length : level;
}
