// Chooses the level that the typed outlet was given last, until the person chooses one.
(() => {
  "use strict";
  const outlet = document.getElementById("outlet");
  const level = document.getElementById("level");
  const known = new Map(
    Array.from(document.querySelectorAll("#outlets option"), (option) => [option.value, option.dataset.level])
  );
  let chosen = level.value !== "" && !known.has(outlet.value);
  level.addEventListener("change", () => { chosen = true; });
  outlet.addEventListener("input", () => {
    const last = known.get(outlet.value.trim());
    if (last && !chosen) level.value = last;
  });
})();
