// A flow as a curve bent to the right of its direction, so that both directions of a pair stay apart.
// Both ends are given in Web Mercator units; lengths in pixels depend on the zoom.

const BEND = 0.16;
const STEPS = 16;
// Flows keep clear of the centres of their H3 cells, so that many of them stay readable where they meet.
const GAP_PX = { start: 3, end: 9 };
const TILE = 512;

export function mercator([lon, lat]) {
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return [(lon + 180) / 360, 0.5 + y / (2 * Math.PI)];
}

export function degrees([x, y]) {
  return [x * 360 - 180, (Math.atan(Math.exp((y - 0.5) * 2 * Math.PI)) * 360) / Math.PI - 90];
}

export function pixelsPerUnit(zoom) {
  return TILE * 2 ** zoom;
}

/** Path of the shaft, and triangle of the arrowhead. */
export function curve(from, to, widthPx, zoom) {
  const [start, end] = [mercator(from), mercator(to)];
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const middle = [(start[0] + end[0]) / 2 + BEND * dy, (start[1] + end[1]) / 2 - BEND * dx];
  const lengthPx = Math.hypot(dx, dy) * pixelsPerUnit(zoom);
  const headPx = Math.min(5 + 1.6 * widthPx, 0.5 * lengthPx);
  const first = Math.min(GAP_PX.start / lengthPx, 0.1);
  const tipAt = Math.max(1 - GAP_PX.end / lengthPx, 0.8);
  const last = Math.max(tipAt - headPx / lengthPx, first + 0.05);
  const path = [];
  for (let i = 0; i <= STEPS; i++) {
    path.push(degrees(bezier(start, middle, end, first + ((last - first) * i) / STEPS)));
  }
  return { path, head: arrowhead(bezier(start, middle, end, last), bezier(start, middle, end, tipAt)) };
}

function arrowhead(base, tip) {
  const [across, along] = [0.5 * (tip[1] - base[1]), 0.5 * (tip[0] - base[0])];
  return [tip, [base[0] - across, base[1] + along], [base[0] + across, base[1] - along]].map(degrees);
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

function bezier(a, b, c, t) {
  const [u, v, w] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
  return [u * a[0] + v * b[0] + w * c[0], u * a[1] + v * b[1] + w * c[1]];
}
