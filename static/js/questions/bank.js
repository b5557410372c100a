/* Ticks every question of the page, where a script can run. */
(function () {
  "use strict";
  const button = document.getElementById("tick-all");
  const boxes = Array.from(document.querySelectorAll("input[name=revision]"));
  button.hidden = false;
  button.addEventListener("click", () => {
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
  });
})();
