/* Shows how far the worker is, and opens the page again when it has ended. */
(function () {
  "use strict";
  const part = document.getElementById("progress");
  const bar = part.querySelector("progress");
  const words = part.querySelector("p");
  const measure = " " + part.dataset.measure;

  function ask() {
    fetch(part.dataset.address, { credentials: "same-origin" })
      .then((response) => response.json())
      .then((progress) => {
        if (progress.ended) { location.reload(); return; }
        if (progress.total) {
          bar.max = progress.total;
          bar.value = progress.done;
          words.textContent = "已处理 " + progress.done + measure + "，共 " + progress.total + measure + "。";
        }
        setTimeout(ask, 1000);
      }, () => { setTimeout(ask, 3000); });
  }

  setTimeout(ask, 500);
})();
