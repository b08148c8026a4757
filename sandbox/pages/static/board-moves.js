// What staff do on the board: move a card by mouse or by its list, fill in an amount, look inside.
"use strict";

const told = document.getElementById("told");

async function change(item, what, said) {
  const answer = await fetch(`/board/cards/${item.dataset.ticketId}?object=${kind}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(what),
  });
  told.classList.toggle("alert", !answer.ok);
  told.textContent = answer.ok ? said : (await answer.json()).message;
  await refresh();
}

function titleOf(item) {
  return item.querySelector(".title").textContent;
}

function move(item, stageId) {
  const stage = stages.find((one) => one.id === stageId);
  return change(item, { stage: stageId }, `${titleOf(item)} moved to ${stage.label}.`);
}

board.addEventListener("change", (event) => {
  const item = event.target.closest("[data-ticket-id]");
  if (event.target.matches("select")) move(item, event.target.value);
  if (event.target.matches("input")) {
    change(item, { amount: event.target.value }, `Credits of ${titleOf(item)} saved.`);
  }
});

board.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.target.blur();
});

board.addEventListener("dragstart", (event) => {
  const item = event.target.closest("[data-ticket-id]");
  event.dataTransfer.setData("text/plain", item.dataset.ticketId);
  event.dataTransfer.effectAllowed = "move";
  document.body.dataset.dragging = item.dataset.ticketId;
});

board.addEventListener("dragend", () => {
  delete document.body.dataset.dragging;
  highlight(null);
});

board.addEventListener("dragover", (event) => {
  const column = event.target.closest("[data-stage-id]");
  highlight(column);
  if (column) event.preventDefault();
});

board.addEventListener("drop", (event) => {
  const column = event.target.closest("[data-stage-id]");
  const id = document.body.dataset.dragging;
  const item = id && board.querySelector(`[data-ticket-id="${id}"]`);
  delete document.body.dataset.dragging;
  highlight(null);
  if (!column || !item) return;
  event.preventDefault();
  move(item, column.dataset.stageId);
});

function highlight(column) {
  board.querySelectorAll(".over").forEach((one) => one !== column && one.classList.remove("over"));
  if (column) column.classList.add("over");
}

board.addEventListener("click", (event) => {
  if (event.target.matches(".title")) open(event.target.closest("[data-ticket-id]"));
});

async function open(item) {
  const answer = await fetch(`/board/cards/${item.dataset.ticketId}?object=${kind}`);
  const { title, properties, notes, mails } = await answer.json();
  document.getElementById("detail-title").textContent = title;
  const rows = properties.map(([name, value]) => row(name, value));
  document.getElementById("detail-properties").replaceChildren(...rows);
  fill("detail-notes", notes.map(note), "No notes.");
  fill("detail-mails", mails.map(mail), "No mail.");
  document.getElementById("detail").showModal();
}

function fill(id, items, otherwise) {
  const shown = items.length ? items : [element("p", otherwise, "empty")];
  document.getElementById(id).replaceChildren(...shown);
}

function mail({ at, sender, text }) {
  const item = element("article", "", "note");
  item.append(element("p", `${sender}, ${at}`, "when"), element("p", text));
  item.dataset.mail = "";
  return item;
}

function row(name, value) {
  const line = document.createElement("tr");
  const head = element("th", name);
  head.scope = "row";
  line.append(head, element("td", value));
  return line;
}

function note({ at, body }) {
  // Notes hold HTML; only their text is shown, so that nothing in them can run.
  const parsed = new DOMParser().parseFromString(body, "text/html").body;
  parsed.querySelectorAll("br").forEach((one) => one.replaceWith("\n"));
  const text = parsed.textContent;
  const item = element("article", "", "note");
  item.append(element("p", at, "when"), element("p", text));
  item.dataset.note = "";
  return item;
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}
