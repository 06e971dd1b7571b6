// A flow as a curve bent to the right of its direction, so that both directions of a pair stay apart.

import { degrees, mercator, pixelsPerUnit } from "./mercator.js";
import { sidesOf } from "./ribbons.js";

const BEND = 0.16;
const STEPS = 14;
// Flows keep clear of the centres of their H3 cells, so that many of them stay readable where they meet.
const GAP_PX = { start: 3, end: 9 };

/** Outline of shaft and arrowhead, as wide as `widthPx` at the zoom. */
export function arrow(from, to, widthPx, zoom) {
  const [start, end] = [mercator(from), mercator(to)];
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const bend = [(start[0] + end[0]) / 2 + BEND * dy, (start[1] + end[1]) / 2 - BEND * dx];
  const lengthPx = Math.hypot(dx, dy) * pixelsPerUnit(zoom);
  const headPx = Math.min(5 + 1.6 * widthPx, 0.5 * lengthPx);
  const first = Math.min(GAP_PX.start / lengthPx, 0.1);
  const tipAt = Math.max(1 - GAP_PX.end / lengthPx, 0.8);
  const last = Math.max(tipAt - headPx / lengthPx, first + 0.05);
  const shaft = [];
  for (let i = 0; i <= STEPS; i++) shaft.push(bezier(start, bend, end, first + ((last - first) * i) / STEPS));
  const sides = sidesOf(shaft, widthPx / 2 / pixelsPerUnit(zoom));
  const head = barbs(shaft.at(-1), bezier(start, bend, end, tipAt));
  const outline = [...sides.map(([left]) => left), ...head, ...sides.map(([, right]) => right).reverse()];
  return outline.map(degrees);
}

/** Left barb, tip and right barb. */
function barbs(base, tip) {
  const [across, along] = [0.5 * (tip[1] - base[1]), 0.5 * (tip[0] - base[0])];
  return [[base[0] - across, base[1] + along], tip, [base[0] + across, base[1] - along]];
}

function bezier(a, b, c, t) {
  const [u, v, w] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
  return [u * a[0] + v * b[0] + w * c[0], u * a[1] + v * b[1] + w * c[1]];
}
