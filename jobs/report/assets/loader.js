(async () => {
  const inflated = async (id) => {
    const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };
  try {
    window.maillageContent = JSON.parse(await inflated("content"));
    const script = document.createElement("script");
    script.textContent = await inflated("bundle");
    document.body.append(script);
  } catch (error) {
    document.documentElement.classList.remove("waiting");
    console.warn("The interactive map could not start; tables and the static map remain.", error);
  }
})();
