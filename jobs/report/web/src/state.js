// What the reader has chosen. Parts of the page subscribe and redraw themselves.

export function makeState(first) {
  const listeners = [];
  const state = { ...first };
  return {
    get: () => state,
    set(changes) {
      const before = { ...state };
      Object.assign(state, changes);
      for (const listener of listeners) listener(state, before);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
