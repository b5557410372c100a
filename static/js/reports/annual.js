/* Shows how far the worker is with closing the year, and opens the page again when it has ended. */
(function () {
  "use strict";
  const part = document.getElementById("progress");
  const bar = part.querySelector("progress");

  function ask() {
    fetch(part.dataset.address, { credentials: "same-origin" })
      .then((response) => response.json())
      .then((progress) => {
        if (progress.ended) { location.reload(); return; }
        if (progress.total) { bar.max = progress.total; bar.value = progress.done; }
        setTimeout(ask, 1000);
      }, () => { setTimeout(ask, 3000); });
  }

  setTimeout(ask, 500);
})();
