// While the map is on its way the static one is not painted: without a graphics card that takes seconds.
document.documentElement.classList.add("waiting");
