"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  form.hidden = false;
  const tally = document.getElementById("tally");
  const search = document.getElementById("search");
  const boxes = [...form.querySelectorAll("input[name=kind]")];
  const changes = [...document.querySelectorAll(".change")];
  const show = () => {
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = search.value.trim().toLowerCase();
    let shown = 0;
    for (const change of changes) {
      const title = change.closest(".group").querySelector("h3").textContent;
      const text = (title + change.textContent).toLowerCase();
      change.hidden = !kinds.has(change.dataset.kind) || !text.includes(wanted);
      shown += change.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector(".change:not([hidden])");
    }
    tally.textContent = shown ? tally.dataset.words.replace("{n}", shown) : tally.dataset.none;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
