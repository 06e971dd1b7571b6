// The map itself: view, drawing on change, tooltips, clicks.

import { Deck, FlyToInterpolator, MapView, WebMercatorViewport } from "@deck.gl/core";
import { levelAt } from "./demand.js";
import { makeLayers } from "./layers.js";
import { makeMarks } from "./marks.js";
import { tooltipOf } from "./tooltip.js";

const FLIGHT_MS = 900;
const PADDING_PX = 28;
const MIN_ZOOM = 4;
const MAX_ZOOM = 18;

export function hasWebGl() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

export function makeMap(content, state, holder) {
  const root = document.documentElement;
  root.classList.add("has-map");
  let viewState = fitted(holder, content.frame);
  let drawnZoom = viewState.zoom;
  const layersOf = makeLayers(content);
  const marks = makeMarks(content, state, holder);
  const placeMarks = () => marks.moveTo(new WebMercatorViewport({ ...viewState, ...sizeOf(holder) }));
  const draw = () => deck.setProps({ layers: layersOf(state.get(), drawnZoom) });
  const levelNow = () => levelAt(content, viewState.zoom, viewState.latitude);
  state.set({ level: levelNow() });

  const deck = new Deck({
    parent: holder,
    views: new MapView({ repeat: false }),
    controller: { dragRotate: false, touchRotate: false, keyboard: true },
    touchAction: "pan-y",
    useDevicePixels: Math.min(window.devicePixelRatio || 1, 2),
    viewState,
    layers: layersOf(state.get(), drawnZoom),
    pickingRadius: 4,
    getTooltip: (picked) => tooltipOf(content, state.get(), picked),
    getCursor: ({ isDragging, isHovering }) => (isDragging ? "grabbing" : isHovering ? "pointer" : "grab"),
    onClick: (picked) => state.set(chosenBy(picked, state.get())),
    onAfterRender: () => root.classList.add("is-drawn"),
    onResize: placeMarks,
    onError: (error) => giveUp(deck, error),
    onViewStateChange: ({ viewState: next }) => {
      viewState = next;
      deck.setProps({ viewState });
      placeMarks();
      if (Math.abs(viewState.zoom - drawnZoom) > 0.2) {
        drawnZoom = viewState.zoom;
        regroup();
      }
    },
  });

  // A new grouping of flows redraws the map by itself.
  const regroup = () => (levelNow() === state.get().level ? draw() : state.set({ level: levelNow() }));

  const moveTo = (target) => {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const flight = isStill ? {} : { transitionDuration: FLIGHT_MS, transitionInterpolator: new FlyToInterpolator() };
    viewState = { ...target, ...flight };
    deck.setProps({ viewState });
    drawnZoom = target.zoom;
    regroup();
    if (isStill) placeMarks();
  };
  const goTo = (box) => moveTo(fitted(holder, box));

  const zoomBy = (step) => {
    if (step === 0) goTo(content.frame);
    else moveTo({ ...viewState, zoom: Math.min(Math.max(viewState.zoom + step, MIN_ZOOM), MAX_ZOOM) });
  };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoomBy(Number(button.dataset.zoom)));
  }

  state.subscribe((now, before) => {
    draw();
    holder.classList.toggle("has-chosen", now.proposal !== null || now.step !== null);
    if (now.proposal === before.proposal) return;
    const box = now.proposal === null ? content.frame : content.proposals[now.proposal].box;
    if (box) goTo(box);
  });
  return deck;
}

function sizeOf(holder) {
  return { width: Math.max(holder.clientWidth, 200), height: Math.max(holder.clientHeight, 200) };
}

function fitted(holder, [west, south, east, north]) {
  const view = new WebMercatorViewport(sizeOf(holder));
  const { longitude, latitude, zoom } = view.fitBounds([[west, south], [east, north]], { padding: PADDING_PX, maxZoom: 15 });
  return { longitude, latitude, zoom, maxPitch: 0, minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM };
}

function chosenBy({ layer, object }, state) {
  if (layer?.id === "hexagons" && object) return { cell: state.cell === object.cell ? null : object.cell };
  return { cell: null };
}

function giveUp(deck, error) {
  console.warn("The interactive map stopped; the static map takes its place.", error);
  document.documentElement.classList.replace("has-map", "is-static");
  deck.finalize();
}
