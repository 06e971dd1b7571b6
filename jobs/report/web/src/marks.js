// The numbers of the proposals, as buttons that stand above the map where their lines run.

export function makeMarks(content, state, holder) {
  const marks = content.proposals
    .map((proposal, place) => ({ ...proposal, button: markButton(proposal, place, state) }))
    .filter((mark) => mark.anchor);
  holder.append(...marks.map((mark) => mark.button));
  const press = (now) => {
    for (const { button, place } of marks) button.setAttribute("aria-pressed", String(Number(place) - 1 === now.proposal));
  };
  state.subscribe(press);
  press(state.get());
  return {
    /** Put each mark where `viewport` shows its place. */
    moveTo(viewport) {
      for (const { anchor, button } of marks) {
        const [x, y] = viewport.project(anchor);
        button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
      }
    },
  };
}

function markButton(proposal, place, state) {
  const title = document.querySelector(`.card[data-proposal="${place}"] h3`);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mark";
  button.textContent = proposal.place;
  if (title) {
    title.id = `proposal-${proposal.place}`;
    button.setAttribute("aria-describedby", title.id);
  }
  button.addEventListener("click", () => state.set({ proposal: state.get().proposal === place ? null : place, step: null }));
  return button;
}
