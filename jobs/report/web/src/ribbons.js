// Lines as filled polygons, as wide as they shall be at one zoom.
//
// The map draws polygons alone: without a graphics card each kind of layer costs up to a second to compile,
// and the one for paths most of all. Widths are right at the zoom they were made for.

import { degrees, mercator, pixelsPerUnit } from "./mercator.js";

// A corner sharper than this is cut off.
const MOST_MITRE = 2;

/** Quads along a path of (longitude, latitude); neighbours share an edge, so that none overlap. */
export function ribbon(path, widthPx, zoom) {
  const points = path.map(mercator).filter(([x, y], i, all) => i === 0 || x !== all[i - 1][0] || y !== all[i - 1][1]);
  if (points.length < 2) return [];
  const sides = sidesOf(points, widthPx / 2 / pixelsPerUnit(zoom)).map((side) => side.map(degrees));
  return sides.slice(1).map(([left, right], i) => [sides[i][0], sides[i][1], right, left]);
}

/** The points to the left and right of each point of a path, in Web Mercator units. */
export function sidesOf(points, half) {
  const normals = points.slice(1).map(([x, y], i) => normal(x - points[i][0], y - points[i][1]));
  return points.map(([x, y], i) => {
    const [nx, ny] = mitre(normals[i - 1] ?? normals[i], normals[i] ?? normals[i - 1]);
    return [[x + half * nx, y + half * ny], [x - half * nx, y - half * ny]];
  });
}

function normal(dx, dy) {
  const length = Math.hypot(dx, dy);
  return [-dy / length, dx / length];
}

function mitre([ax, ay], [bx, by]) {
  const [x, y] = [ax + bx, ay + by];
  const square = x * x + y * y;
  if (square < 1e-9) return [bx, by];
  const scale = Math.min(2 / square, MOST_MITRE / Math.sqrt(square));
  return [x * scale, y * scale];
}

/** Cut a path into dashes; a dash may turn a corner. */
export function dashes(path, { on, off }, zoom) {
  const scale = pixelsPerUnit(zoom);
  const found = [];
  let [dash, left, isOn] = [[path[0]], on, true];
  for (let i = 1; i < path.length; i++) {
    let [from, to] = [mercator(path[i - 1]), mercator(path[i])];
    let lengthPx = Math.hypot(to[0] - from[0], to[1] - from[1]) * scale;
    while (lengthPx > left) {
      const part = left / lengthPx;
      from = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
      lengthPx -= left;
      if (isOn) found.push([...dash, degrees(from)]);
      isOn = !isOn;
      dash = [degrees(from)];
      left = isOn ? on : off;
    }
    left -= lengthPx;
    if (isOn) dash.push(path[i]);
  }
  if (isOn && dash.length > 1) found.push(dash);
  return found;
}
